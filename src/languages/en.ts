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
    thumbs: { text: 'Did we help you?', low: 'No', high: 'Yes' },
  },
  faces: ['Very dissatisfied', 'Dissatisfied', 'Neither', 'Satisfied', 'Very satisfied'],
  stars: 'Stars: {n} of 5',
  followUp: {
    low: 'What went wrong?',
    middle: 'What could we do better?',
    high: 'What did you like best?',
  },
  form: {
    scale: 'Choose a number from {from} to {to}.',
    choose: 'Choose one.',
    drivers: 'What was it about? Choose all that fit.',
    optional: 'optional',
    send: 'Send',
    confirm: 'Confirm',
    unconfirmed: 'Your answer is not saved until you confirm it.',
    save: 'Save',
    back: 'Back to the survey',
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
    text: 'Your answer is saved. You may change it until {time}.',
  },
  locked: {
    title: 'You have already answered',
    text: 'Your answer of {day} is saved and can no longer be changed. Thank you.',
  },
  unopened: {
    title: 'This survey has not opened yet',
    text: 'It takes answers from {time} on. Please come back then.',
  },
  closed: {
    title: 'This survey is closed',
    text: 'It takes no more answers. Thank you for wanting to help.',
  },
  full: {
    title: 'This survey has all its answers',
    text: 'As many people have answered as were asked for. Thank you for wanting to help.',
  },
  unknown: {
    title: 'There is no survey here',
    text: 'The link may have been cut short. Please open it once more from your message.',
  },
  expired: {
    title: 'This link is too old',
    text: 'It could be used for a limited time only. Thank you for wanting to help.',
  },
  uninvited: {
    title: 'This survey is by invitation',
    text: 'It takes answers only by a personal link, and this one is not or no longer valid.',
  },
  busy: {
    title: 'Your answer is not saved yet',
    text: 'Many answers have come from where you are. Please try again in a minute.',
  },
  doubtful: {
    title: 'Please confirm once more',
    text: 'Something made us doubt that a person sent this. Your answer counts when you confirm it.',
  },
  withdrawal: {
    title: 'Withdraw your answer?',
    text: 'It will no longer count, and your comment is deleted. This cannot be undone.',
    link: 'Withdraw my answer',
    button: 'Withdraw',
    done: {
      title: 'Your answer is withdrawn',
      text: 'It no longer counts, and your comment is deleted.',
    },
  },
  preview: 'This is a preview: answers are not saved.',
  frame: { open: 'Give feedback', close: 'Close' },
  mail: {
    hint: 'A click opens our page. Nothing is saved until you confirm there.',
    open: 'Open the survey',
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
