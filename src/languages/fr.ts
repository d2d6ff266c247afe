import type { Language } from '../language.ts'

/** French. The space before a question mark or a colon does not break. */
export const fr: Language = {
  id: 'fr',
  name: 'Français',
  direction: 'ltr',
  questions: {
    nps: {
      text: 'Quelle est la probabilité que vous nous recommandiez à un ami ou à un collègue\u00a0?',
      low: 'Pas du tout probable',
      high: 'Extrêmement probable',
    },
    nps5: {
      text: 'Quelle est la probabilité que vous nous recommandiez à un ami ou à un collègue\u00a0?',
      low: 'Pas du tout probable',
      high: 'Extrêmement probable',
    },
    csat: {
      text: 'Quel est votre niveau de satisfaction à notre égard\u00a0?',
      low: 'Très faible',
      high: 'Très élevé',
    },
    ces: {
      text: 'J’ai obtenu facilement ce qu’il me fallait. Êtes-vous d’accord\u00a0?',
      low: 'Pas du tout d’accord',
      high: 'Tout à fait d’accord',
    },
    thumbs: { text: 'Avons-nous pu vous aider\u00a0?', low: 'Non', high: 'Oui' },
  },
  faces: ['Très mal', 'Mal', 'Moyen', 'Bien', 'Très bien'],
  stars: 'Étoiles\u00a0: {n} sur 5',
  followUp: {
    low: 'Qu’est-ce qui n’a pas marché\u00a0?',
    middle: 'Que pourrions-nous améliorer\u00a0?',
    high: 'Qu’avez-vous le plus apprécié\u00a0?',
  },
  form: {
    scale: 'Choisissez une note de {from} à {to}.',
    choose: 'Choisissez une réponse.',
    drivers: 'De quoi s’agissait-il\u00a0? Cochez tout ce qui convient.',
    optional: 'facultatif',
    send: 'Envoyer',
    confirm: 'Confirmer',
    unconfirmed: 'Votre réponse ne sera enregistrée qu’une fois confirmée.',
    save: 'Enregistrer',
    back: 'Revenir au questionnaire',
    open: 'Ouvrir le questionnaire sans elle',
    problem: 'Votre réponse n’a pas encore été envoyée',
    noScore: 'Merci de choisir une note.',
    commentTooLong: 'Merci de raccourcir votre commentaire à {limit} caractères.',
    commentUnreadable:
      'Une partie de votre commentaire est illisible. Merci de le saisir à nouveau.',
    privacy:
      'L’équipe qui vous interroge lit votre réponse\u00a0; les autres ne voient que des totaux.',
  },
  thanks: {
    title: 'Merci\u00a0!',
    text: 'Votre réponse est enregistrée. L’équipe qui vous interroge peut la lire, et elle compte dans son score.',
  },
  answered: {
    title: 'Vous avez déjà répondu',
    text: 'Votre réponse est enregistrée. Vous pouvez la modifier jusqu’au {time}.',
  },
  locked: {
    title: 'Vous avez déjà répondu',
    text: 'Votre réponse du {day} est enregistrée et ne peut plus être modifiée. Merci\u00a0!',
  },
  unopened: {
    title: 'Ce questionnaire n’est pas encore ouvert',
    text: 'Vous pourrez répondre à partir du {time}. Au plaisir de vous lire\u00a0!',
  },
  closed: {
    title: 'Ce questionnaire est terminé',
    text: 'Il n’accepte plus de réponses. Merci d’avoir voulu nous aider.',
  },
  full: {
    title: 'Toutes les réponses sont là',
    text: 'Autant de personnes que souhaité ont répondu. Merci d’avoir voulu nous aider.',
  },
  unknown: {
    title: 'Il n’y a pas de questionnaire ici',
    text: 'Le lien a peut-être été coupé. Merci de l’ouvrir encore une fois depuis votre message.',
  },
  expired: {
    title: 'Ce lien a expiré',
    text: 'Il n’était valable que pour un temps. Merci d’avoir voulu nous aider.',
  },
  uninvited: {
    title: 'Ce questionnaire est sur invitation',
    text: 'On y répond par un lien personnel, et celui-ci n’est pas valable ou ne l’est plus.',
  },
  busy: {
    title: 'Votre réponse n’est pas encore enregistrée',
    text: 'Beaucoup de réponses sont venues de votre réseau. Merci de réessayer dans une minute.',
  },
  doubtful: {
    title: 'Merci de confirmer encore une fois',
    text: 'Nous ne sommes pas sûrs que cela vienne d’une personne. Confirmez, et votre réponse comptera.',
  },
  withdrawal: {
    title: 'Retirer votre réponse\u00a0?',
    text: 'Elle ne comptera plus, et votre commentaire sera supprimé. C’est définitif.',
    link: 'Retirer ma réponse',
    button: 'Retirer',
    done: {
      title: 'Votre réponse est retirée',
      text: 'Elle ne compte plus, et votre commentaire est supprimé.',
    },
  },
  preview: 'Ceci est un aperçu\u00a0: les réponses ne sont pas enregistrées.',
  frame: { open: 'Donner mon avis', close: 'Fermer' },
  mail: {
    hint: 'Un clic ouvre notre page. Rien n’est enregistré sans votre confirmation sur cette page.',
    open: 'Ouvrir le questionnaire',
  },
  badLink: {
    title: 'Ce lien ne convient pas au questionnaire',
    text: 'Sa partie «\u00a0{name}\u00a0» est incorrecte. Merci d’en demander un nouveau à l’expéditeur.',
  },
  retry: {
    title: 'Votre réponse n’est pas encore enregistrée',
    text: 'Merci de réessayer dans une minute. Elle ne comptera qu’une fois.',
  },
  chart: {
    asOf: 'au {day}',
    n: 'n = {n}',
    noData: 'aucune donnée',
    tooFew: 'moins de {n} réponses',
    unknown: 'introuvable',
    unavailable: 'indisponible',
    interval: 'intervalle à 95\u00a0%\u00a0: de {from} à {to}',
    incomplete: '{day}, en cours',
    target: 'objectif {value}',
    reached: 'atteint',
    missed: 'non atteint',
    close: 'dans la marge d’erreur',
    promoters: 'promoteurs',
    passives: 'passifs',
    detractors: 'détracteurs',
    satisfied: 'satisfaits',
    neutral: 'neutres',
    dissatisfied: 'insatisfaits',
    more: 'et {n} de plus',
    share: '{share} de l’étape précédente',
    change: 'évolution',
    pp: '{value} pts',
    noChange: 'pas d’évolution nette',
    stale: 'sans mise à jour : {span}',
    small: 'n < {n}',
    good: 'bon',
    fair: 'moyen',
    poor: 'mauvais',
  },
}
