import type { Language } from '../language.ts'

/** English. */
export const en: Language = {
  id: 'en',
  name: 'English',
  direction: 'ltr',
  questions: {
    nps: {
      text: 'How likely are you to recommend us to a friend or colleague?',
      low: 'Not at all likely',
      high: 'Extremely likely',
    },
    nps5: {
      text: 'How likely are you to recommend us to a friend or colleague?',
      low: 'Not at all likely',
      high: 'Extremely likely',
    },
    csat: {
      text: 'How satisfied are you with us?',
      low: 'Very dissatisfied',
      high: 'Very satisfied',
    },
    ces: {
      text: 'It was easy to get what I needed. Do you agree?',
      low: 'Strongly disagree',
      high: 'Strongly agree',
    },
  },
  form: {
    scale: 'Choose a number from {from} to {to}.',
    comment: 'What is the main reason for your answer?',
    optional: 'optional',
    send: 'Send',
    open: 'Open the survey without it',
    problem: 'Your answer has not been sent yet',
    noScore: 'Please choose a number.',
    commentTooLong: 'Please shorten your comment to {limit} characters.',
    commentUnreadable: 'Part of your comment cannot be read. Please type it again.',
    privacy: 'The team that asked reads your answer; others see only totals of many answers.',
  },
  thanks: {
    title: 'Thank you',
    text: 'Your answer is saved. The team that asked can read it, and it counts in their score.',
  },
  answered: {
    title: 'You have already answered',
    text: 'This link is good for one answer, and we have yours. Thank you.',
  },
  closed: {
    title: 'This survey is closed',
    text: 'It takes no more answers. Thank you for wanting to help.',
  },
  unknown: {
    title: 'There is no survey here',
    text: 'The link may have been cut short. Please open it once more from your message.',
  },
  badLink: {
    title: 'This link does not fit the survey',
    text: 'Its part “{name}” is not right. Please ask whoever sent you the link for a new one.',
  },
  retry: {
    title: 'Your answer is not saved yet',
    text: 'Please try again in a minute. It will count only once.',
  },
  chart: {
    asOf: 'as of {day}',
    n: 'n = {n}',
    noData: 'no data',
    tooFew: 'fewer than {n} answers',
    unknown: 'not found',
    unavailable: 'unavailable',
    interval: '95% interval {from} to {to}',
    incomplete: '{day}, still running',
  },
}
