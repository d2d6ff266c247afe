import type { Language } from '../language.ts'

/** Dutch. */
export const nl: Language = {
  id: 'nl',
  name: 'Nederlands',
  direction: 'ltr',
  questions: {
    nps: {
      text: 'Hoe waarschijnlijk is het dat u ons aanbeveelt bij een vriend of collega?',
      low: 'Zeer onwaarschijnlijk',
      high: 'Zeer waarschijnlijk',
    },
    nps5: {
      text: 'Hoe waarschijnlijk is het dat u ons aanbeveelt bij een vriend of collega?',
      low: 'Zeer onwaarschijnlijk',
      high: 'Zeer waarschijnlijk',
    },
    csat: {
      text: 'Hoe tevreden bent u over ons?',
      low: 'Zeer ontevreden',
      high: 'Zeer tevreden',
    },
    ces: {
      text: 'Het was makkelijk om te krijgen wat ik nodig had. Bent u het daarmee eens?',
      low: 'Helemaal oneens',
      high: 'Helemaal eens',
    },
    thumbs: { text: 'Hebben we u geholpen?', low: 'Nee', high: 'Ja' },
  },
  faces: ['Zeer ontevreden', 'Ontevreden', 'Neutraal', 'Tevreden', 'Zeer tevreden'],
  stars: 'Sterren: {n} van 5',
  followUp: {
    low: 'Wat ging er mis?',
    middle: 'Wat kunnen we beter doen?',
    high: 'Wat vond u het prettigst?',
  },
  form: {
    scale: 'Kies een getal van {from} tot en met {to}.',
    choose: 'Kies één antwoord.',
    drivers: 'Waar ging het om? Kies alles wat van toepassing is.',
    optional: 'niet verplicht',
    send: 'Versturen',
    confirm: 'Bevestigen',
    unconfirmed: 'Uw antwoord wordt pas opgeslagen als u het bevestigt.',
    save: 'Opslaan',
    back: 'Terug naar de enquête',
    open: 'Enquête openen zonder dit deel',
    problem: 'Uw antwoord is nog niet verstuurd',
    noScore: 'Kies een getal, alstublieft.',
    commentTooLong: 'Maak uw opmerking korter: hooguit {limit} tekens.',
    commentUnreadable: 'Een deel van uw opmerking is niet leesbaar. Typ deze opnieuw, alstublieft.',
    privacy:
      'Het team dat het vraagt, leest uw antwoord; anderen zien alleen totalen van vele antwoorden.',
  },
  thanks: {
    title: 'Dank u wel!',
    text: 'Uw antwoord is opgeslagen. Het team dat het vroeg, kan het lezen, en het telt mee in de score.',
  },
  answered: {
    title: 'U hebt al geantwoord',
    text: 'Uw antwoord is opgeslagen. U kunt het wijzigen tot {time}.',
  },
  locked: {
    title: 'U hebt al geantwoord',
    text: 'Uw antwoord van {day} is opgeslagen en kan niet meer worden gewijzigd. Dank u wel!',
  },
  unopened: {
    title: 'Deze enquête is nog niet open',
    text: 'U kunt antwoorden vanaf {time}. Graag tot dan.',
  },
  closed: {
    title: 'Deze enquête is gesloten',
    text: 'Antwoorden is niet meer mogelijk. Fijn dat u wilde helpen.',
  },
  full: {
    title: 'Alle antwoorden zijn binnen',
    text: 'Er hebben zoveel mensen geantwoord als nodig was. Fijn dat u wilde helpen.',
  },
  unknown: {
    title: 'Hier is geen enquête',
    text: 'Misschien is de link afgebroken. Open hem nog eens vanuit uw bericht, alstublieft.',
  },
  expired: {
    title: 'Deze link is verlopen',
    text: 'Hij was maar een beperkte tijd geldig. Fijn dat u wilde helpen.',
  },
  uninvited: {
    title: 'Deze enquête is op uitnodiging',
    text: 'Antwoorden kan alleen via een persoonlijke link, en deze is niet of niet meer geldig.',
  },
  busy: {
    title: 'Uw antwoord is nog niet opgeslagen',
    text: 'Er kwamen veel antwoorden van uw netwerk. Probeer het over een minuut nog eens.',
  },
  doubtful: {
    title: 'Bevestig nog één keer, alstublieft',
    text: 'We weten niet zeker of dit van een mens komt. Uw antwoord telt mee zodra u het bevestigt.',
  },
  withdrawal: {
    title: 'Uw antwoord intrekken?',
    text: 'Het telt dan niet meer mee, en uw opmerking wordt verwijderd. Dit is definitief.',
    link: 'Mijn antwoord intrekken',
    button: 'Intrekken',
    done: {
      title: 'Uw antwoord is ingetrokken',
      text: 'Het telt niet meer mee, en uw opmerking is verwijderd.',
    },
  },
  preview: 'Dit is een voorbeeld: antwoorden worden niet opgeslagen.',
  frame: { open: 'Feedback geven', close: 'Sluiten' },
  mail: {
    hint: 'Een klik opent onze pagina. Er wordt niets opgeslagen tot u daar bevestigt.',
    open: 'Enquête openen',
  },
  badLink: {
    title: 'Deze link past niet bij de enquête',
    text: 'Het deel ‘{name}’ klopt niet. Vraag de afzender om een nieuwe link, alstublieft.',
  },
  retry: {
    title: 'Uw antwoord is nog niet opgeslagen',
    text: 'Probeer het over een minuut nog eens. Het telt maar één keer mee.',
  },
  chart: {
    asOf: 'stand {day}',
    n: 'n = {n}',
    noData: 'geen gegevens',
    tooFew: 'minder dan {n} antwoorden',
    unknown: 'niet gevonden',
    unavailable: 'niet beschikbaar',
    interval: '95%-interval: {from} tot {to}',
    incomplete: '{day}, loopt nog',
    target: 'doel {value}',
    reached: 'gehaald',
    missed: 'niet gehaald',
    close: 'binnen de foutmarge',
    promoters: 'promotors',
    passives: 'passieven',
    detractors: 'criticasters',
    satisfied: 'tevreden',
    neutral: 'neutraal',
    dissatisfied: 'ontevreden',
    more: 'en nog {n}',
    share: '{share} van de vorige stap',
    change: 'verandering',
    pp: '{value} pp',
    noChange: 'geen duidelijke verandering',
    stale: 'niet vernieuwd: {span}',
    small: 'n < {n}',
    good: 'goed',
    fair: 'matig',
    poor: 'slecht',
  },
}
