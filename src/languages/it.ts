import type { Language } from '../language.ts'

/** Italian. */
export const it: Language = {
  id: 'it',
  name: 'Italiano',
  direction: 'ltr',
  questions: {
    nps: {
      text: 'Quanto è probabile che ci consigli a un amico o a un collega?',
      low: 'Per niente probabile',
      high: 'Estremamente probabile',
    },
    nps5: {
      text: 'Quanto è probabile che ci consigli a un amico o a un collega?',
      low: 'Per niente probabile',
      high: 'Estremamente probabile',
    },
    csat: {
      text: 'Qual è il suo grado di soddisfazione nei nostri confronti?',
      low: 'Molto basso',
      high: 'Molto alto',
    },
    ces: {
      text: 'È stato facile ottenere ciò che mi serviva. È d’accordo?',
      low: 'Per niente d’accordo',
      high: 'Del tutto d’accordo',
    },
    thumbs: { text: 'Siamo riusciti ad aiutarla?', low: 'No', high: 'Sì' },
  },
  faces: ['Molto male', 'Male', 'Così così', 'Bene', 'Molto bene'],
  stars: 'Stelle: {n} su 5',
  followUp: {
    low: 'Che cosa è andato storto?',
    middle: 'Che cosa potremmo migliorare?',
    high: 'Che cosa le è piaciuto di più?',
  },
  form: {
    scale: 'Scelga un numero da {from} a {to}.',
    choose: 'Scelga una risposta.',
    drivers: 'Di che cosa si trattava? Selezioni tutto ciò che è pertinente.',
    optional: 'facoltativo',
    send: 'Invia',
    confirm: 'Conferma',
    unconfirmed: 'La sua risposta viene salvata solo quando la conferma.',
    save: 'Salva',
    back: 'Torna al sondaggio',
    open: 'Apri il sondaggio senza questa parte',
    problem: 'La sua risposta non è ancora stata inviata',
    noScore: 'Scelga un numero, per favore.',
    commentTooLong: 'Riduca il commento a {limit} caratteri, per favore.',
    commentUnreadable: 'Una parte del commento non è leggibile. Lo scriva di nuovo, per favore.',
    privacy:
      'La sua risposta la legge il team che la chiede; gli altri vedono solo dati complessivi.',
  },
  thanks: {
    title: 'Grazie!',
    text: 'La sua risposta è salvata. Il team che la chiede può leggerla, e conta nel punteggio.',
  },
  answered: {
    title: 'Ha già risposto',
    text: 'La sua risposta è salvata. Può cambiarla fino al {time}.',
  },
  locked: {
    title: 'Ha già risposto',
    text: 'La sua risposta del {day} è salvata e non si può più cambiare. Grazie!',
  },
  unopened: {
    title: 'Questo sondaggio non è ancora aperto',
    text: 'Si potrà rispondere a partire dal {time}. La aspettiamo.',
  },
  closed: {
    title: 'Questo sondaggio è chiuso',
    text: 'Non accetta più risposte. Grazie per la sua disponibilità.',
  },
  full: {
    title: 'Abbiamo già tutte le risposte',
    text: 'Hanno risposto tante persone quante ne servivano. Grazie per la sua disponibilità.',
  },
  unknown: {
    title: 'Qui non c’è nessun sondaggio',
    text: 'Forse il link è stato troncato. Lo apra di nuovo dal messaggio, per favore.',
  },
  expired: {
    title: 'Questo link è scaduto',
    text: 'Era valido solo per un certo tempo. Grazie per la sua disponibilità.',
  },
  uninvited: {
    title: 'Questo sondaggio è su invito',
    text: 'Si risponde con un link personale, e questo non è valido o non lo è più.',
  },
  busy: {
    title: 'La sua risposta non è ancora salvata',
    text: 'Dalla sua rete sono arrivate molte risposte. Riprovi tra un minuto, per favore.',
  },
  doubtful: {
    title: 'Confermi ancora una volta, per favore',
    text: 'Non siamo sicuri che a inviarla sia stata una persona. La risposta conterà quando la conferma.',
  },
  withdrawal: {
    title: 'Ritirare la sua risposta?',
    text: 'Non conterà più, e il commento verrà eliminato. Non si può annullare.',
    link: 'Ritira la mia risposta',
    button: 'Ritira',
    done: {
      title: 'La sua risposta è stata ritirata',
      text: 'Non conta più, e il commento è stato eliminato.',
    },
  },
  preview: 'Questa è un’anteprima: le risposte non vengono salvate.',
  frame: { open: 'Lascia un parere', close: 'Chiudi' },
  mail: {
    hint: 'Un clic apre la nostra pagina. Non si salva nulla finché non conferma lì.',
    open: 'Apri il sondaggio',
  },
  badLink: {
    title: 'Questo link non corrisponde al sondaggio',
    text: 'La parte «{name}» non è corretta. Chieda un nuovo link a chi gliel’ha inviato, per favore.',
  },
  retry: {
    title: 'La sua risposta non è ancora salvata',
    text: 'Riprovi tra un minuto, per favore. Conterà una volta sola.',
  },
  chart: {
    asOf: 'al {day}',
    n: 'n = {n}',
    noData: 'nessun dato',
    tooFew: 'meno di {n} risposte',
    unknown: 'non trovato',
    unavailable: 'non disponibile',
    interval: 'intervallo al 95%: da {from} a {to}',
    incomplete: '{day}, in corso',
    target: 'obiettivo {value}',
    reached: 'raggiunto',
    missed: 'non raggiunto',
    close: 'entro il margine di errore',
    promoters: 'promotori',
    passives: 'passivi',
    detractors: 'detrattori',
    satisfied: 'soddisfatti',
    neutral: 'neutrali',
    dissatisfied: 'insoddisfatti',
    more: 'e altri {n}',
    share: '{share} del passo precedente',
    change: 'variazione',
    pp: '{value} p.p.',
    noChange: 'nessuna variazione chiara',
    stale: 'non aggiornato da {span}',
    small: 'n < {n}',
    good: 'bene',
    fair: 'discreto',
    poor: 'male',
  },
}
