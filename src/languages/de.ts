import type { Language } from '../language.ts'

/** German. */
export const de: Language = {
  id: 'de',
  name: 'Deutsch',
  direction: 'ltr',
  questions: {
    nps: {
      text: 'Wie wahrscheinlich ist es, dass Sie uns Freunden oder Kollegen weiterempfehlen?',
      low: 'Überhaupt nicht wahrscheinlich',
      high: 'Äußerst wahrscheinlich',
    },
    nps5: {
      text: 'Wie wahrscheinlich ist es, dass Sie uns Freunden oder Kollegen weiterempfehlen?',
      low: 'Überhaupt nicht wahrscheinlich',
      high: 'Äußerst wahrscheinlich',
    },
    csat: {
      text: 'Wie zufrieden sind Sie mit uns?',
      low: 'Sehr unzufrieden',
      high: 'Sehr zufrieden',
    },
    ces: {
      text: 'Ich konnte mein Anliegen leicht erledigen. Stimmen Sie zu?',
      low: 'Stimme gar nicht zu',
      high: 'Stimme voll zu',
    },
    thumbs: { text: 'Konnten wir Ihnen helfen?', low: 'Nein', high: 'Ja' },
  },
  faces: ['Sehr unzufrieden', 'Unzufrieden', 'Teils, teils', 'Zufrieden', 'Sehr zufrieden'],
  stars: 'Sterne: {n} von 5',
  followUp: {
    low: 'Was ist schiefgelaufen?',
    middle: 'Was können wir besser machen?',
    high: 'Was hat Ihnen am besten gefallen?',
  },
  form: {
    scale: 'Wählen Sie eine Zahl von {from} bis {to}.',
    choose: 'Wählen Sie eine Antwort.',
    drivers: 'Woran lag es? Wählen Sie alles aus, was zutrifft.',
    optional: 'freiwillig',
    send: 'Senden',
    confirm: 'Bestätigen',
    unconfirmed: 'Ihre Antwort wird erst gespeichert, wenn Sie sie bestätigen.',
    save: 'Speichern',
    back: 'Zurück zur Umfrage',
    open: 'Umfrage ohne diesen Teil öffnen',
    problem: 'Ihre Antwort ist noch nicht gesendet',
    noScore: 'Bitte wählen Sie eine Zahl.',
    commentTooLong: 'Bitte kürzen Sie Ihren Kommentar auf {limit} Zeichen.',
    commentUnreadable:
      'Ein Teil Ihres Kommentars ist nicht lesbar. Bitte geben Sie ihn noch einmal ein.',
    privacy: 'Das Team, das fragt, liest Ihre Antwort; alle anderen sehen nur Gesamtergebnisse.',
  },
  thanks: {
    title: 'Vielen Dank!',
    text: 'Ihre Antwort ist gespeichert. Das Team, das gefragt hat, kann sie lesen, und sie zählt mit.',
  },
  answered: {
    title: 'Sie haben schon geantwortet',
    text: 'Ihre Antwort ist gespeichert. Sie können sie bis {time} ändern.',
  },
  locked: {
    title: 'Sie haben schon geantwortet',
    text: 'Ihre Antwort vom {day} ist gespeichert und lässt sich nicht mehr ändern. Vielen Dank!',
  },
  unopened: {
    title: 'Diese Umfrage hat noch nicht begonnen',
    text: 'Antworten können Sie ab {time}. Schauen Sie dann gern wieder vorbei.',
  },
  closed: {
    title: 'Diese Umfrage ist beendet',
    text: 'Sie nimmt keine Antworten mehr an. Danke, dass Sie helfen wollten.',
  },
  full: {
    title: 'Alle Antworten sind da',
    text: 'Es haben so viele geantwortet wie gewünscht. Danke, dass Sie helfen wollten.',
  },
  unknown: {
    title: 'Hier ist keine Umfrage',
    text: 'Vielleicht fehlt ein Stück des Links. Bitte öffnen Sie ihn noch einmal aus Ihrer Nachricht.',
  },
  expired: {
    title: 'Dieser Link ist abgelaufen',
    text: 'Er galt nur für begrenzte Zeit. Danke, dass Sie helfen wollten.',
  },
  uninvited: {
    title: 'Diese Umfrage ist nur auf Einladung',
    text: 'Antworten geht nur über einen persönlichen Link, und dieser ist nicht oder nicht mehr gültig.',
  },
  busy: {
    title: 'Ihre Antwort ist noch nicht gespeichert',
    text: 'Aus Ihrem Netz kamen viele Antworten. Bitte versuchen Sie es in einer Minute noch einmal.',
  },
  doubtful: {
    title: 'Bitte bestätigen Sie noch einmal',
    text: 'Wir sind nicht sicher, ob das von einem Menschen kam. Ihre Antwort zählt, sobald Sie sie bestätigen.',
  },
  withdrawal: {
    title: 'Antwort zurückziehen?',
    text: 'Ihre Antwort zählt dann nicht mehr, und Ihr Kommentar wird gelöscht. Das ist endgültig.',
    link: 'Meine Antwort zurückziehen',
    button: 'Zurückziehen',
    done: {
      title: 'Ihre Antwort ist zurückgezogen',
      text: 'Sie zählt nicht mehr, und Ihr Kommentar ist gelöscht.',
    },
  },
  preview: 'Das ist eine Vorschau: Antworten werden nicht gespeichert.',
  frame: { open: 'Feedback geben', close: 'Schließen' },
  mail: {
    hint: 'Ein Klick öffnet unsere Seite. Gespeichert wird erst, wenn Sie dort bestätigen.',
    open: 'Umfrage öffnen',
  },
  badLink: {
    title: 'Dieser Link passt nicht zur Umfrage',
    text: 'Der Teil „{name}“ darin stimmt nicht. Bitte fragen Sie beim Absender nach einem neuen Link.',
  },
  retry: {
    title: 'Ihre Antwort ist noch nicht gespeichert',
    text: 'Bitte versuchen Sie es in einer Minute noch einmal. Sie zählt nur ein Mal.',
  },
  chart: {
    asOf: 'Stand {day}',
    n: 'n = {n}',
    noData: 'keine Daten',
    tooFew: 'weniger als {n} Antworten',
    unknown: 'nicht gefunden',
    unavailable: 'nicht verfügbar',
    interval: '95-%-Intervall: {from} bis {to}',
    incomplete: '{day}, läuft noch',
    target: 'Ziel {value}',
    reached: 'erreicht',
    missed: 'nicht erreicht',
    close: 'innerhalb der Unsicherheit',
    promoters: 'Promotoren',
    passives: 'Passive',
    detractors: 'Detraktoren',
    satisfied: 'zufrieden',
    neutral: 'neutral',
    dissatisfied: 'unzufrieden',
    more: 'und {n} weitere',
    share: '{share} des vorigen Schritts',
    change: 'Veränderung',
    pp: '{value} Pp.',
    noChange: 'keine klare Veränderung',
    stale: '{span} alt',
    small: 'n < {n}',
    good: 'gut',
    fair: 'mittel',
    poor: 'schlecht',
  },
}
