import { isBlank } from './answer.ts'
import { invalid, Problem } from './problem.ts'
import { type Reading, type Told, event } from './source.ts'

// Responses to forms of many questions, of which a team counts some as surveys of its own.

/** An answer as it was sent, to a question that counts. */
export interface FormAnswer {
  /** The vendor's own id of the question. */
  readonly question: string
  /** The survey here that the question stands for. */
  readonly survey: string
  readonly score: unknown
  /** What was answered to the question that asks for words. */
  readonly comment: unknown
}

/** One response, as far as it counts. */
export interface FormResponse {
  /** The vendor's own id of the response. */
  readonly id: string
  readonly time: number
  /** Which state of the response this is, where later ones take its place. */
  readonly revision?: number
  readonly answers: readonly FormAnswer[]
  /** What all its answers share: locale, respondent, properties. */
  readonly shared: Readonly<Record<string, unknown>>
  /** All that were answered, whether they count or not. */
  readonly questions: readonly string[]
}

const shown = (value: unknown) => JSON.stringify(value).slice(0, 40)

/** Questions that were answered, as a team is told of them to find the one it means. */
export function listed(questions: readonly string[]): string {
  return questions.length === 0 ? 'none' : questions.slice(0, 20).join(', ')
}

/** What was said to a question in words, or `undefined` where nothing was. */
export function wordsOf(question: string, value: unknown): string | undefined {
  if (isBlank(value)) return undefined
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw invalid(question, `Expected a text or number: current value is ${shown(value)}`)
}

/** The score that was given: whether it lies on the survey's scale is for the survey to say. */
function scoreOf({ question, score }: FormAnswer): string {
  const text = typeof score === 'number' ? String(score) : score
  if (typeof text !== 'string' || !/^(?:0|[1-9]\d*)$/.test(text)) {
    throw invalid(question, `Expected a whole number: current value is ${shown(score)}`)
  }
  return text
}

function toldOf({ id, time, revision, shared }: FormResponse, answer: FormAnswer): Told {
  const name = `response:${id}:${answer.question}`
  return {
    // Said even where the delivery is called the same: which questions count may change before a replay.
    ...(revision === undefined
      ? { id: name }
      : { id: `${name}@${revision}`, replaces: name, revision }),
    type: 'survey.response',
    time,
    data: {
      survey: answer.survey,
      score: scoreOf(answer),
      comment: wordsOf(answer.question, answer.comment),
      ...shared,
    },
  }
}

function readingOf(name: string, response: FormResponse): Reading {
  const answers = response.answers.filter(({ score }) => !isBlank(score))
  const [first, ...more] = answers
  if (first === undefined) {
    const reason = `Only questions that config.questions names are counted: answered are ${listed(response.questions)}`
    return { id: null, events: [{ name, ignored: reason }] }
  }
  const { id, revision } = response
  const whole = more.length === 0 ? `response:${id}:${first.question}` : `response:${id}`
  return {
    id: revision === undefined ? whole : `${whole}@${revision}`,
    events: answers.map((answer) => event(name, () => toldOf(response, answer))),
  }
}

/**
 * What a response tells: a fact for each question that counts and was answered. One that is the only one
 * shares its name with the delivery.
 *
 * @param parse may throw a Problem, which makes the whole event unclear.
 */
export function readForm(name: string, parse: () => FormResponse): Reading {
  try {
    return readingOf(name, parse())
  } catch (error) {
    if (error instanceof Problem) return { id: null, events: [{ name, unclear: error.message }] }
    throw error
  }
}
