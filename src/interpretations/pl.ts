import type { Interpretation } from '../interpretation.ts'

/** Polish. */
export const pl: Interpretation = {
  language: 'pl',
  rose: '{name}: {value}, o {size} więcej niż wcześniej{verdict}.',
  fell: '{name}: {value}, o {size} mniej niż wcześniej{verdict}.',
  held: '{name}: {value}, bez zmian.',
  first: '{name}: {value}; nie ma jeszcze z czym porównać.',
  unseen: '{name}: {value}; wcześniejsza wartość nie jest pokazana: {why}.',
  none: '{name}: {why} ({days}).',
  before: 'Wcześniej: {value}.',
  verdicts: {
    none: '',
    noise: ', w granicach błędu',
    clear: ', raczej nieprzypadkowo',
    better: ', czyli lepiej',
    worse: ', czyli gorzej',
    clearly_better: ', czyli lepiej i raczej nieprzypadkowo',
    clearly_worse: ', czyli gorzej i raczej nieprzypadkowo',
  },
  points: {
    one: '{n} punkt',
    few: '{n} punkty',
    many: '{n} punktów',
    other: '{n} punktu',
  },
  percentagePoints: {
    one: '{n} punkt procentowy',
    few: '{n} punkty procentowe',
    many: '{n} punktów procentowych',
    other: '{n} punktu procentowego',
  },
  target: {
    not_started: 'Cel {target} do {day}: czas jeszcze nie nadszedł.',
    on_track: 'Cel {target} do {day}: zgodnie z planem.',
    behind: 'Cel {target} do {day}: wolniej, niż zakładał plan.',
    reached: 'Cel {target} do {day}: osiągnięty.',
    missed: 'Cel {target} do {day}: nieosiągnięty.',
    unknown: 'Cel {target} do {day}: jeszcze nie można ocenić.',
  },
  benchmark: 'Punkt odniesienia{industry}: {band} ({source}, {year}); wartość {place}.',
  place: { below: 'poniżej', within: 'w tym przedziale', above: 'powyżej' },
  band: 'od {low} do {high}',
  bandAround: '{middle}, zwykle od {low} do {high}',
  anomaly: {
    high: 'W ostatnim dniu niezwykle dużo jak na ten dzień tygodnia.',
    low: 'W ostatnim dniu niezwykle mało jak na ten dzień tygodnia.',
  },
  few: {
    one: 'Tylko {n} obserwacja: ostrożnie z wnioskami.',
    few: 'Tylko {n} obserwacje: ostrożnie z wnioskami.',
    many: 'Tylko {n} obserwacji: ostrożnie z wnioskami.',
    other: 'Tylko {n} obserwacji: ostrożnie z wnioskami.',
  },
  young: {
    one: 'Może się jeszcze zmienić: ostatecznie po {n} dniu.',
    other: 'Może się jeszcze zmienić: ostatecznie po {n} dniach.',
  },
}
