import { interval, isShown, told, toldShort } from './caption.ts'
import type { Picture } from './chart.ts'
import { isolate } from './isolate.ts'
import { fill } from './language.ts'

/** The target with its value, in few words; `null` where there is none. */
export function goalName(picture: Picture): string | null {
  const name = nameOf(picture, toldShort)
  return name && isolate(name, picture.language)
}

function nameOf(picture: Picture, tell: typeof told): string | null {
  const { target, language } = picture
  if (target === undefined || !Number.isFinite(target)) return null
  return fill(language.chart.target, { value: tell(target, picture) })
}

/** The target and whether the value has reached it; the target alone where that cannot be told. */
export function goalWords(picture: Picture): string | null {
  const { language } = picture
  const name = nameOf(picture, told)
  const state = goalState(picture)
  return name && isolate(state ? `${name}: ${language.chart[state]}` : name, language)
}

/** An interval with the target in it decides nothing: the next sample may lie on the other side. */
function goalState({
  target,
  total,
  minimum,
  direction,
}: Picture): 'reached' | 'missed' | 'close' | null {
  if (target === undefined || direction === 'target' || !isShown(total, minimum)) return null
  const [low, high] = interval(total) ?? [total.value, total.value]
  if (low < target && target < high) return 'close'
  return (direction === 'up' ? total.value >= target : total.value <= target) ? 'reached' : 'missed'
}
