import type { Edition } from '../edition.ts'

/** Polish. */
export const pl: Edition = {
  language: 'pl',
  title: 'Raport o klientach',
  zone: 'Dni według strefy {zone}',
  summary: {
    title: 'Co wymaga uwagi',
    calm: 'Nic nie pogorszyło się bardziej, niż mógłby to sprawić przypadek, i żaden cel nie jest opóźniony.',
    more: 'Gorzej jest też tu: {names}.',
    silent: 'W odróżnieniu od wcześniejszych dni nic już nie napływa: {names}.',
    few: 'Mniej niż 30 obserwacji, więc nie można na tym polegać: {names}.',
  },
  table: {
    caption: '{family}: liczby',
    kpi: 'Wskaźnik',
    now: 'Teraz',
    before: 'Wcześniej',
    change: 'Różnica',
    points: '{n} p.p.',
  },
  notes: {
    title: 'Na ile można ufać tym liczbom',
    method:
      'Wszystko jest porównane z okresem {days}, czyli z tyloma samymi dniami tuż przed. „±” i „przedział 95%” mówią, o ile wartość mógł zmienić sam przypadek; różnica jest nazwana nieprzypadkową, gdy jej własny przedział 95% nie zawiera zera. Nie było grupy kontrolnej, więc nie mówimy o przyczynach.',
    running: 'Okres jeszcze trwa: ostatni w pełni policzony dzień to {day}.',
    young: 'Mogą się jeszcze zmienić, bo to, co do nich należy, dopiero się wydarzy: {names}.',
    revised: {
      one: 'W {n} dniu wartości zmieniły się po publikacji, bo fakty przyszły późno lub zostały poprawione: {names}.',
      other:
        'W najwyżej {n} dniach wartości zmieniły się po publikacji, bo fakty przyszły późno lub zostały poprawione: {names}.',
    },
    currencies: 'Kwoty w {codes} są pominięte, a nie przeliczone: {names}.',
    empty: 'Bez danych w obu okresach: {names}.',
    hidden:
      'Wartości z mniej niż {n} odpowiedzi nie są pokazane, aby nie dało się odczytać niczyjej odpowiedzi.',
  },
  nothing: 'Jeszcze nic nie policzono, ani w tych dniach, ani we wcześniejszych.',
  unknown: {
    title: 'Nie ma tu raportu',
    text: 'Link mógł zostać ucięty lub wycofany. Zapytaj osobę, która go przysłała.',
  },
  unavailable: {
    title: 'Chwilowo nie można pokazać raportu',
    text: 'Spróbuj ponownie za minutę.',
  },
}
