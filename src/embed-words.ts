import type { Snippets } from './snippets.ts'

/** What the page of an embed says around its numbers, and above each snippet, in one language. */
export interface EmbedWords extends Readonly<Record<keyof Snippets, string>> {
  readonly language: string
  /** What a picture is for who cannot see it, without a number that would soon be wrong; hole {name}. */
  readonly live: string
  readonly definition: string
  readonly source: string
  /** Hole {version}. */
  readonly version: string
  /** Holes {version} and {day}. */
  readonly since: string
  readonly quality: string
  /** Hole {n}: the fewest answers that are shown. */
  readonly minimum: string
  /** Hole {n}: the fewest people that a new state differs by. */
  readonly steps: string
  /** Hole {n}: periods that changed after they had ended. */
  readonly revised: string
  readonly unrevised: string
  readonly running: string
  readonly numbers: string
  readonly period: string
  readonly value: string
  readonly interval: string
  readonly n: string
  readonly note: string
  readonly isRunning: string
  readonly isRevised: string
  readonly use: string
  readonly data: string
  readonly gone: { readonly title: string; readonly text: string }
}

const en: EmbedWords = {
  language: 'en',
  live: '{name}, live',
  definition: 'What is counted',
  source: 'Source',
  version: 'Version {version}',
  since: 'Version {version}, counted since {day}',
  quality: 'How good the data are',
  minimum: 'Values from fewer than {n} answers are not shown.',
  steps: 'New answers are shown once they are those of {n} people or more.',
  revised: 'Periods that changed after they had ended: {n}.',
  unrevised: 'No period has changed after it had ended.',
  running: 'The last period is still running.',
  numbers: 'The numbers',
  period: 'Period',
  value: 'Value',
  interval: '95% interval',
  n: 'n',
  note: 'Note',
  isRunning: 'still running',
  isRevised: 'revised',
  use: 'Show it elsewhere',
  website: 'On a website',
  readme: 'In a README',
  notion: 'In Notion: paste this address and choose Embed',
  mail: 'In an e-mail',
  sheets: 'In Google Sheets',
  shields: 'As a badge of shields.io',
  data: 'For programs',
  gone: {
    title: 'There is nothing here',
    text: 'The number that was shown here has been taken back, or the address is not complete.',
  },
}

const ru: EmbedWords = {
  language: 'ru',
  live: '{name}, актуальное значение',
  definition: 'Что считается',
  source: 'Источник',
  version: 'Версия {version}',
  since: 'Версия {version}, считается с {day}',
  quality: 'Насколько надёжны данные',
  minimum: 'Значения менее чем из {n} ответов не показываются.',
  steps: 'Новые ответы показываются, когда их дали не менее {n} человек.',
  revised: 'Периоды, изменившиеся после окончания: {n}.',
  unrevised: 'Ни один период не изменился после окончания.',
  running: 'Последний период ещё не закончился.',
  numbers: 'Числа',
  period: 'Период',
  value: 'Значение',
  interval: '95-процентный интервал',
  n: 'n',
  note: 'Примечание',
  isRunning: 'ещё идёт',
  isRevised: 'пересчитано',
  use: 'Показать в другом месте',
  website: 'На сайте',
  readme: 'В README',
  notion: 'В Notion: вставьте этот адрес и выберите Embed',
  mail: 'В письме',
  sheets: 'В Google Таблицах',
  shields: 'Как значок shields.io',
  data: 'Для программ',
  gone: {
    title: 'Здесь ничего нет',
    text: 'Число, которое было здесь показано, больше не публикуется, или адрес неполон.',
  },
}

const pl: EmbedWords = {
  language: 'pl',
  live: '{name}, aktualna wartość',
  definition: 'Co jest liczone',
  source: 'Źródło',
  version: 'Wersja {version}',
  since: 'Wersja {version}, liczona od {day}',
  quality: 'Jak dobre są dane',
  minimum: 'Wartości z mniej niż {n} odpowiedzi nie są pokazywane.',
  steps: 'Nowe odpowiedzi są pokazywane, gdy pochodzą od co najmniej {n} osób.',
  revised: 'Okresy, które zmieniły się po zakończeniu: {n}.',
  unrevised: 'Żaden okres nie zmienił się po zakończeniu.',
  running: 'Ostatni okres jeszcze trwa.',
  numbers: 'Liczby',
  period: 'Okres',
  value: 'Wartość',
  interval: 'Przedział 95%',
  n: 'n',
  note: 'Uwaga',
  isRunning: 'jeszcze trwa',
  isRevised: 'skorygowano',
  use: 'Pokaż gdzie indziej',
  website: 'Na stronie internetowej',
  readme: 'W README',
  notion: 'W Notion: wklej ten adres i wybierz Embed',
  mail: 'W wiadomości e-mail',
  sheets: 'W Arkuszach Google',
  shields: 'Jako odznaka shields.io',
  data: 'Dla programów',
  gone: {
    title: 'Nic tu nie ma',
    text: 'Liczba, która tu była, nie jest już publikowana albo adres jest niepełny.',
  },
}

/** Languages in which the page speaks. */
const editions: readonly EmbedWords[] = [en, ru, pl]

/** The words of a language; English ones where it has none. */
export function embedWordsOf(language: string): EmbedWords {
  return editions.find((edition) => edition.language === language) ?? en
}
