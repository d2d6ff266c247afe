import { codePoints } from '../src/text-field.ts'

/** Where a team's texts stand, by how long they may be there. */
const slots: readonly (readonly [name: string, limit: number])[] = [
  ...['question', 'low', 'middle', 'high'].map((name) => [name, 300] as const),
  ...['whyLow', 'whyMiddle', 'whyHigh'].map((name) => [name, 200] as const),
  ...Array.from({ length: 12 }, (_, at) => [`driver${at}`, 80] as const),
  ...['onLow', 'onMiddle', 'onHigh'].map((name) => [name, 80] as const),
  ...['brand', 'endLow', 'endHigh'].map((name) => [name, 60] as const),
]

/** A survey with these texts wherever a team may put one. */
export function documentOf(text: (slot: string) => string) {
  const en = (slot: string) => ({ en: text(slot) })
  const onward = (slot: string) => ({ href: 'https://example.com/', label: en(slot) })
  return {
    question: en('question'),
    ends: { low: en('endLow'), high: en('endHigh') },
    followUp: { low: en('whyLow'), middle: en('whyMiddle'), high: en('whyHigh') },
    drivers: Array.from({ length: 12 }, (_, at) => ({ id: `d${at}`, label: en(`driver${at}`) })),
    thanks: { low: en('low'), middle: en('middle'), high: en('high') },
    onward: { low: onward('onLow'), middle: onward('onMiddle'), high: onward('onHigh') },
    hosts: ['example.com'],
    brand: text('brand'),
  }
}

/** All texts, as many to a survey as it has places for; those that are left get a harmless one. */
export function packsOf(texts: readonly string[]): Map<string, string>[] {
  const waiting = texts
    .map((text) => text.trim())
    .filter((text) => text !== '' && codePoints(text) <= 300)
    .toSorted((one, other) => codePoints(other) - codePoints(one))
  const found: Map<string, string>[] = []
  while (waiting.length > 0) {
    const pack = slots.map(([name, limit]): [string, string] => {
      const at = waiting.findIndex((text) => codePoints(text) <= limit)
      return [name, at < 0 ? 'x' : (waiting.splice(at, 1)[0] ?? 'x')]
    })
    found.push(new Map(pack))
  }
  return found
}
