import type { Language } from '../language.ts'

/** Spanish, as it is understood on both sides of the Atlantic. */
export const es: Language = {
  id: 'es',
  name: 'Español',
  direction: 'ltr',
  questions: {
    nps: {
      text: '¿Qué probabilidad hay de que nos recomiende a un amigo o colega?',
      low: 'Nada probable',
      high: 'Extremadamente probable',
    },
    nps5: {
      text: '¿Qué probabilidad hay de que nos recomiende a un amigo o colega?',
      low: 'Nada probable',
      high: 'Extremadamente probable',
    },
    csat: {
      text: '¿Cuál es su grado de satisfacción con nosotros?',
      low: 'Muy bajo',
      high: 'Muy alto',
    },
    ces: {
      text: 'Fue fácil conseguir lo que necesitaba. ¿Está de acuerdo?',
      low: 'Muy en desacuerdo',
      high: 'Muy de acuerdo',
    },
    thumbs: { text: '¿Le hemos ayudado?', low: 'No', high: 'Sí' },
  },
  faces: ['Muy mal', 'Mal', 'Regular', 'Bien', 'Muy bien'],
  stars: 'Estrellas: {n} de 5',
  followUp: {
    low: '¿Qué salió mal?',
    middle: '¿Qué podríamos mejorar?',
    high: '¿Qué fue lo que más le gustó?',
  },
  form: {
    scale: 'Elija un número del {from} al {to}.',
    choose: 'Elija una opción.',
    drivers: '¿De qué se trataba? Marque todo lo que corresponda.',
    optional: 'opcional',
    send: 'Enviar',
    confirm: 'Confirmar',
    unconfirmed: 'Su respuesta no se guarda hasta que la confirme.',
    save: 'Guardar',
    back: 'Volver a la encuesta',
    open: 'Abrir la encuesta sin ella',
    problem: 'Su respuesta aún no se ha enviado',
    noScore: 'Elija un número, por favor.',
    commentTooLong: 'Acorte su comentario a {limit} caracteres, por favor.',
    commentUnreadable:
      'No se puede leer una parte de su comentario. Escríbalo de nuevo, por favor.',
    privacy: 'El equipo que pregunta lee su respuesta; los demás solo ven resultados totales.',
  },
  thanks: {
    title: '¡Gracias!',
    text: 'Su respuesta está guardada. El equipo que pregunta puede leerla, y cuenta para el resultado.',
  },
  answered: {
    title: 'Ya ha respondido',
    text: 'Su respuesta está guardada. Puede cambiarla hasta el {time}.',
  },
  locked: {
    title: 'Ya ha respondido',
    text: 'Su respuesta del {day} está guardada y ya no se puede cambiar. ¡Gracias!',
  },
  unopened: {
    title: 'Esta encuesta aún no está abierta',
    text: 'Podrá responder a partir del {time}. Vuelva entonces, por favor.',
  },
  closed: {
    title: 'Esta encuesta está cerrada',
    text: 'Ya no admite respuestas. Gracias por querer ayudar.',
  },
  full: {
    title: 'Ya están todas las respuestas',
    text: 'Han respondido tantas personas como hacían falta. Gracias por querer ayudar.',
  },
  unknown: {
    title: 'Aquí no hay ninguna encuesta',
    text: 'Puede que el enlace esté cortado. Ábralo otra vez desde su mensaje, por favor.',
  },
  expired: {
    title: 'Este enlace ha caducado',
    text: 'Solo servía por un tiempo limitado. Gracias por querer ayudar.',
  },
  uninvited: {
    title: 'Esta encuesta es por invitación',
    text: 'Se responde con un enlace personal, y este no es válido o ya no lo es.',
  },
  busy: {
    title: 'Su respuesta aún no está guardada',
    text: 'Han llegado muchas respuestas desde su red. Inténtelo de nuevo en un minuto, por favor.',
  },
  doubtful: {
    title: 'Confirme una vez más, por favor',
    text: 'No sabemos con seguridad si la envió una persona. Su respuesta contará cuando la confirme.',
  },
  withdrawal: {
    title: '¿Retirar su respuesta?',
    text: 'Dejará de contar y su comentario se borrará. No se puede deshacer.',
    link: 'Retirar mi respuesta',
    button: 'Retirar',
    done: {
      title: 'Su respuesta se ha retirado',
      text: 'Ya no cuenta y su comentario se ha borrado.',
    },
  },
  preview: 'Esto es una vista previa: las respuestas no se guardan.',
  frame: { open: 'Dar mi opinión', close: 'Cerrar' },
  mail: {
    hint: 'Un clic abre nuestra página. No se guarda nada hasta que confirme allí.',
    open: 'Abrir la encuesta',
  },
  badLink: {
    title: 'Este enlace no corresponde a la encuesta',
    text: 'Su parte «{name}» no es correcta. Pida un enlace nuevo a quien se lo envió, por favor.',
  },
  retry: {
    title: 'Su respuesta aún no está guardada',
    text: 'Inténtelo de nuevo en un minuto, por favor. Contará una sola vez.',
  },
  chart: {
    asOf: 'al {day}',
    n: 'n = {n}',
    noData: 'sin datos',
    tooFew: 'menos de {n} respuestas',
    unknown: 'no encontrado',
    unavailable: 'no disponible',
    interval: 'intervalo del 95\u00a0%: de {from} a {to}',
    incomplete: '{day}, en curso',
    target: 'objetivo {value}',
    reached: 'alcanzado',
    missed: 'no alcanzado',
    close: 'dentro del margen de error',
    promoters: 'promotores',
    passives: 'pasivos',
    detractors: 'detractores',
    satisfied: 'satisfechos',
    neutral: 'neutrales',
    dissatisfied: 'insatisfechos',
    more: 'y {n} más',
    share: '{share} del paso anterior',
    change: 'cambio',
    pp: '{value} p. p.',
    noChange: 'sin cambio claro',
    stale: 'sin datos nuevos: {span}',
    small: 'n < {n}',
    good: 'bien',
    fair: 'regular',
    poor: 'mal',
  },
}
