import type { Interpretation } from '../interpretation.ts'

/** Russian. */
export const ru: Interpretation = {
  language: 'ru',
  rose: '{name}: {value}, на {size} больше прежнего{verdict}.',
  fell: '{name}: {value}, на {size} меньше прежнего{verdict}.',
  held: '{name}: {value}, без изменений.',
  first: '{name}: {value}; сравнить пока не с чем.',
  unseen: '{name}: {value}; прежнее значение не показано: {why}.',
  none: '{name}: {why} ({days}).',
  before: 'Раньше: {value}.',
  verdicts: {
    none: '',
    noise: ' — в пределах погрешности',
    clear: ' — вряд ли случайно',
    better: ' — это лучше',
    worse: ' — это хуже',
    clearly_better: ' — это лучше и вряд ли случайно',
    clearly_worse: ' — это хуже и вряд ли случайно',
  },
  points: {
    one: '{n} пункт',
    few: '{n} пункта',
    many: '{n} пунктов',
    other: '{n} пункта',
  },
  percentagePoints: {
    one: '{n} процентный пункт',
    few: '{n} процентных пункта',
    many: '{n} процентных пунктов',
    other: '{n} процентного пункта',
  },
  target: {
    not_started: 'Цель {target} к {day}: срок ещё не начался.',
    on_track: 'Цель {target} к {day}: всё по плану.',
    behind: 'Цель {target} к {day}: отставание от плана.',
    reached: 'Цель {target} к {day}: достигнута.',
    missed: 'Цель {target} к {day}: не достигнута.',
    unknown: 'Цель {target} к {day}: судить пока рано.',
  },
  benchmark: 'Ориентир{industry}: {band} ({source}, {year}); значение {place}.',
  place: { below: 'ниже', within: 'в этих пределах', above: 'выше' },
  band: 'от {low} до {high}',
  bandAround: '{middle}, обычно от {low} до {high}',
  anomaly: {
    high: 'В последний день необычно много для этого дня недели.',
    low: 'В последний день необычно мало для этого дня недели.',
  },
  few: {
    one: 'Всего {n} наблюдение: судите осторожно.',
    few: 'Всего {n} наблюдения: судите осторожно.',
    many: 'Всего {n} наблюдений: судите осторожно.',
    other: 'Всего {n} наблюдения: судите осторожно.',
  },
  young: {
    one: 'Может ещё измениться: окончательно через {n} день.',
    few: 'Может ещё измениться: окончательно через {n} дня.',
    many: 'Может ещё измениться: окончательно через {n} дней.',
    other: 'Может ещё измениться: окончательно через {n} дня.',
  },
}
