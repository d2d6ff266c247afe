import type { Language } from '../language.ts'

/** Polish. */
export const pl: Language = {
  id: 'pl',
  name: 'Polski',
  direction: 'ltr',
  questions: {
    nps: {
      text: 'Na ile prawdopodobne jest, że polecisz nas znajomym lub współpracownikom?',
      low: 'Na pewno nie',
      high: 'Na pewno tak',
    },
    nps5: {
      text: 'Na ile prawdopodobne jest, że polecisz nas znajomym lub współpracownikom?',
      low: 'Na pewno nie',
      high: 'Na pewno tak',
    },
    csat: {
      text: 'Jak oceniasz swoje zadowolenie z naszych usług?',
      low: 'Bardzo niskie',
      high: 'Bardzo wysokie',
    },
    ces: {
      text: 'Załatwienie sprawy było łatwe. Zgadzasz się z tym?',
      low: 'Zdecydowanie nie',
      high: 'Zdecydowanie tak',
    },
  },
  form: {
    scale: 'Wybierz liczbę od {from} do {to}.',
    comment: 'Jaki jest główny powód Twojej oceny?',
    optional: 'opcjonalnie',
    send: 'Wyślij',
    open: 'Otwórz ankietę bez niej',
    problem: 'Odpowiedź nie została jeszcze wysłana',
    noScore: 'Wybierz, proszę, liczbę.',
    commentTooLong: 'Skróć, proszę, komentarz do {limit} znaków.',
    commentUnreadable: 'Części komentarza nie da się odczytać. Wpisz go, proszę, jeszcze raz.',
    privacy: 'Odpowiedź czyta zespół, który o nią prosi; inni widzą tylko zbiorcze wyniki.',
  },
  thanks: {
    title: 'Dziękujemy!',
    text: 'Odpowiedź jest zapisana. Zespół może ją przeczytać i wlicza się ona do jego wyniku.',
  },
  answered: {
    title: 'Mamy już Twoją odpowiedź',
    text: 'Ten link pozwala odpowiedzieć jeden raz. Dziękujemy!',
  },
  closed: {
    title: 'Ta ankieta jest zamknięta',
    text: 'Nie przyjmuje już odpowiedzi. Dziękujemy za chęć pomocy.',
  },
  unknown: {
    title: 'Nie ma tu ankiety',
    text: 'Być może link został ucięty. Otwórz go, proszę, jeszcze raz z wiadomości.',
  },
  badLink: {
    title: 'Ten link nie pasuje do ankiety',
    text: 'Błędna jest jego część „{name}”. Poproś nadawcę o nowy.',
  },
  retry: {
    title: 'Odpowiedź nie jest jeszcze zapisana',
    text: 'Spróbuj, proszę, ponownie za minutę. Policzymy ją tylko raz.',
  },
  chart: {
    asOf: 'stan na {day}',
    n: 'n = {n}',
    noData: 'brak danych',
    tooFew: 'mniej niż {n} odpowiedzi',
    unknown: 'nie znaleziono',
    unavailable: 'niedostępne',
    interval: 'przedział 95%: od {from} do {to}',
    incomplete: '{day}, jeszcze trwa',
  },
}
