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
    thumbs: { text: 'Czy udało nam się pomóc?', low: 'Nie', high: 'Tak' },
  },
  faces: ['Bardzo źle', 'Źle', 'Średnio', 'Dobrze', 'Bardzo dobrze'],
  stars: 'Gwiazdki: {n} z 5',
  followUp: {
    low: 'Co poszło nie tak?',
    middle: 'Co możemy poprawić?',
    high: 'Co spodobało się najbardziej?',
  },
  form: {
    scale: 'Wybierz liczbę od {from} do {to}.',
    choose: 'Wybierz jedną odpowiedź.',
    drivers: 'Czego to dotyczyło? Zaznacz wszystko, co pasuje.',
    optional: 'opcjonalnie',
    send: 'Wyślij',
    confirm: 'Potwierdź',
    unconfirmed: 'Odpowiedź zapiszemy dopiero po potwierdzeniu.',
    save: 'Zapisz',
    back: 'Wróć do ankiety',
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
    text: 'Odpowiedź jest zapisana. Możesz ją zmienić do {time}.',
  },
  locked: {
    title: 'Mamy już Twoją odpowiedź',
    text: 'Odpowiedź z dnia {day} jest zapisana i nie można jej już zmienić. Dziękujemy!',
  },
  unopened: {
    title: 'Ta ankieta jeszcze się nie zaczęła',
    text: 'Przyjmuje odpowiedzi od {time}. Zajrzyj tu, proszę, później.',
  },
  closed: {
    title: 'Ta ankieta jest zamknięta',
    text: 'Nie przyjmuje już odpowiedzi. Dziękujemy za chęć pomocy.',
  },
  full: {
    title: 'Mamy już wszystkie odpowiedzi',
    text: 'Odpowiedziało tyle osób, ile było potrzeba. Dziękujemy za chęć pomocy.',
  },
  unknown: {
    title: 'Nie ma tu ankiety',
    text: 'Być może link został ucięty. Otwórz go, proszę, jeszcze raz z wiadomości.',
  },
  expired: {
    title: 'Ten link stracił ważność',
    text: 'Działał tylko przez pewien czas. Dziękujemy za chęć pomocy.',
  },
  uninvited: {
    title: 'Ta ankieta jest na zaproszenie',
    text: 'Odpowiedzieć można tylko przez osobisty link, a ten jest błędny lub już nieważny.',
  },
  busy: {
    title: 'Odpowiedź nie jest jeszcze zapisana',
    text: 'Z Twojej sieci przyszło wiele odpowiedzi. Spróbuj, proszę, ponownie za minutę.',
  },
  doubtful: {
    title: 'Potwierdź, proszę, jeszcze raz',
    text: 'Nie mamy pewności, że odpowiedź wysłał człowiek. Policzymy ją, gdy ją potwierdzisz.',
  },
  withdrawal: {
    title: 'Wycofać odpowiedź?',
    text: 'Przestanie się liczyć, a komentarz zostanie usunięty. Tego nie da się cofnąć.',
    link: 'Wycofaj moją odpowiedź',
    button: 'Wycofaj',
    done: {
      title: 'Odpowiedź jest wycofana',
      text: 'Już się nie liczy, a komentarz został usunięty.',
    },
  },
  preview: 'To jest podgląd: odpowiedzi nie są zapisywane.',
  frame: { open: 'Zostaw opinię', close: 'Zamknij' },
  mail: {
    hint: 'Kliknięcie otworzy naszą stronę. Nic się nie zapisze, dopóki tam nie potwierdzisz.',
    open: 'Otwórz ankietę',
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
