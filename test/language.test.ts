import { expect, test } from 'vitest'
import { chooseLanguage, questionText } from '../src/language.ts'
import { en } from '../src/languages/en.ts'
import { he } from '../src/languages/he.ts'
import { languages } from '../src/languages/index.ts'
import { pl } from '../src/languages/pl.ts'
import { ru } from '../src/languages/ru.ts'
import type { SurveyDocument } from '../src/survey.ts'

const offered = [en, ru, pl] as const

test.each([
  ['pl', 'pl'],
  ['pl-PL', 'pl'],
  ['PL', 'pl'],
  ['ru, pl', 'ru'],
  ['pl;q=0.5, ru', 'ru'],
  ['pl;q=0.5, ru;q=0.9', 'ru'],
  ['pl;q=0.9, ru;q=0.9', 'pl'],
  ['de, fr;q=0.9, pl;q=0.1', 'pl'],
  ['de-CH,de;q=0.9', 'en'],
  ['pl;q=0', 'en'],
  ['pl;q=0.000, ru;q=0.001', 'ru'],
  [' pl ; q=0.5 ,  ru ; q=0.6 ', 'ru'],
  ['pl;level=1;q=0.1, ru;q=0.2', 'ru'],
  ['pl;q=high, ru;q=0.1', 'ru'],
  ['*', 'en'],
  ['*;q=0.9, pl;q=0.1', 'pl'],
  ['plx, ru-Latn-RU', 'ru'],
  ['', 'en'],
  [',,;;,', 'en'],
])('answers Accept-Language %j in %s', (header, id) => {
  expect(chooseLanguage(offered, null, header).id).toBe(id)
})

test.each([
  ['iw', 'he'],
  ['iw-IL, en;q=0.5', 'he'],
  ['zh-Hant', 'zh'],
  ['zh-TW,zh;q=0.9', 'zh'],
  ['zh-Hans-CN', 'zh'],
  ['pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
  ['pt-PT', 'pt'],
  ['ar-EG', 'ar'],
  ['nb', 'en'],
  ['nb-NO,no;q=0.9', 'en'],
  ['nb, nl;q=0.1', 'nl'],
])('answers Accept-Language %j in %s where every language is offered', (header, id) => {
  expect(chooseLanguage(languages, null, header).id).toBe(id)
})

test('knows the code that Hebrew had before', () => {
  expect(chooseLanguage([en, he], 'iw', null)).toBe(he)
  expect(chooseLanguage([en, he], 'IW-il', 'en')).toBe(he)
  expect(chooseLanguage(offered, 'iw', 'ru').id).toBe('ru')
})

test('answers without a header in the first language offered', () => {
  expect(chooseLanguage(offered, null, null)).toBe(en)
  expect(chooseLanguage([pl, en], null, null)).toBe(pl)
})

test('answers in the language asked for by name, whatever the header says', () => {
  expect(chooseLanguage(offered, 'pl', 'ru')).toBe(pl)
  expect(chooseLanguage(offered, 'pl-PL', 'ru')).toBe(pl)
  expect(chooseLanguage(offered, 'PL', null)).toBe(pl)
})

test('turns to the header where the language asked for is not offered', () => {
  expect(chooseLanguage(offered, 'de', 'ru')).toBe(ru)
  expect(chooseLanguage(offered, '', 'ru')).toBe(ru)
  expect(chooseLanguage(offered, 'constructor', null)).toBe(en)
})

test('answers in no language that is not offered', () => {
  expect(chooseLanguage([pl], 'ru', 'ru, en')).toBe(pl)
})

test('asks in the team’s own words, in the words of the language where there are none', () => {
  const document: SurveyDocument = {
    kind: 'csat',
    name: 'Support',
    question: { pl: 'Jak poszło?' },
    locales: ['en', 'pl'],
    properties: [],
    comment: false,
  }

  expect(questionText(document, pl)).toBe('Jak poszło?')
  for (const language of languages.filter(({ id }) => id !== 'pl')) {
    expect(questionText(document, language)).toBe(language.questions.csat.text)
  }
})
