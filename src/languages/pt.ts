import type { Language } from '../language.ts'

/** Portuguese, as it is written in Brazil. */
export const pt: Language = {
  id: 'pt',
  name: 'Português',
  direction: 'ltr',
  questions: {
    nps: {
      text: 'Qual é a probabilidade de você nos recomendar a um amigo ou colega?',
      low: 'Nada provável',
      high: 'Extremamente provável',
    },
    nps5: {
      text: 'Qual é a probabilidade de você nos recomendar a um amigo ou colega?',
      low: 'Nada provável',
      high: 'Extremamente provável',
    },
    csat: {
      text: 'Qual é o seu grau de satisfação conosco?',
      low: 'Muito baixo',
      high: 'Muito alto',
    },
    ces: {
      text: 'Foi fácil conseguir o que eu precisava. Você concorda?',
      low: 'Discordo totalmente',
      high: 'Concordo totalmente',
    },
    thumbs: { text: 'Conseguimos ajudar você?', low: 'Não', high: 'Sim' },
  },
  faces: ['Muito ruim', 'Ruim', 'Regular', 'Bom', 'Muito bom'],
  stars: 'Estrelas: {n} de 5',
  followUp: {
    low: 'O que deu errado?',
    middle: 'O que podemos melhorar?',
    high: 'Do que você mais gostou?',
  },
  form: {
    scale: 'Escolha um número de {from} a {to}.',
    choose: 'Escolha uma opção.',
    drivers: 'Do que se tratava? Marque tudo o que se aplica.',
    optional: 'opcional',
    send: 'Enviar',
    confirm: 'Confirmar',
    unconfirmed: 'Sua resposta só será salva quando você confirmar.',
    save: 'Salvar',
    back: 'Voltar à pesquisa',
    open: 'Abrir a pesquisa sem ela',
    problem: 'Sua resposta ainda não foi enviada',
    noScore: 'Escolha um número, por favor.',
    commentTooLong: 'Reduza seu comentário a {limit} caracteres, por favor.',
    commentUnreadable:
      'Não é possível ler uma parte do seu comentário. Digite-o de novo, por favor.',
    privacy: 'A equipe que pergunta lê sua resposta; os outros só veem totais de muitas respostas.',
  },
  thanks: {
    title: 'Obrigado!',
    text: 'Sua resposta está salva. A equipe que pergunta pode lê-la, e ela conta na nota da equipe.',
  },
  answered: {
    title: 'Você já respondeu',
    text: 'Sua resposta está salva. Você pode alterá-la até {time}.',
  },
  locked: {
    title: 'Você já respondeu',
    text: 'Sua resposta de {day} está salva e não pode mais ser alterada. Obrigado!',
  },
  unopened: {
    title: 'Esta pesquisa ainda não abriu',
    text: 'Ela recebe respostas a partir de {time}. Volte depois, por favor.',
  },
  closed: {
    title: 'Esta pesquisa foi encerrada',
    text: 'Ela não recebe mais respostas. Obrigado por querer ajudar.',
  },
  full: {
    title: 'Já temos todas as respostas',
    text: 'O número necessário de pessoas já respondeu. Obrigado por querer ajudar.',
  },
  unknown: {
    title: 'Não há nenhuma pesquisa aqui',
    text: 'Talvez o link tenha sido cortado. Abra-o mais uma vez na sua mensagem, por favor.',
  },
  expired: {
    title: 'Este link expirou',
    text: 'Ele só valia por um tempo limitado. Obrigado por querer ajudar.',
  },
  uninvited: {
    title: 'Esta pesquisa é só por convite',
    text: 'Só é possível responder por um link pessoal, e este não é válido ou deixou de ser.',
  },
  busy: {
    title: 'Sua resposta ainda não foi salva',
    text: 'Muitas respostas vieram da sua rede. Tente de novo em um minuto, por favor.',
  },
  doubtful: {
    title: 'Confirme mais uma vez, por favor',
    text: 'Não temos certeza de que uma pessoa enviou isto. Sua resposta conta quando você confirmar.',
  },
  withdrawal: {
    title: 'Retirar sua resposta?',
    text: 'Ela deixará de contar, e seu comentário será apagado. Não é possível desfazer.',
    link: 'Retirar minha resposta',
    button: 'Retirar',
    done: {
      title: 'Sua resposta foi retirada',
      text: 'Ela não conta mais, e seu comentário foi apagado.',
    },
  },
  preview: 'Isto é uma prévia: as respostas não são salvas.',
  frame: { open: 'Dar minha opinião', close: 'Fechar' },
  mail: {
    hint: 'Um clique abre nossa página. Nada é salvo até você confirmar lá.',
    open: 'Abrir a pesquisa',
  },
  badLink: {
    title: 'Este link não corresponde à pesquisa',
    text: 'A parte “{name}” está incorreta. Peça um novo link a quem o enviou, por favor.',
  },
  retry: {
    title: 'Sua resposta ainda não foi salva',
    text: 'Tente de novo em um minuto, por favor. Ela contará uma única vez.',
  },
  chart: {
    asOf: 'em {day}',
    n: 'n = {n}',
    noData: 'sem dados',
    tooFew: 'menos de {n} respostas',
    unknown: 'não encontrado',
    unavailable: 'indisponível',
    interval: 'intervalo de 95%: de {from} a {to}',
    incomplete: '{day}, em andamento',
    target: 'meta {value}',
    reached: 'atingida',
    missed: 'não atingida',
    close: 'dentro da margem de erro',
    promoters: 'promotores',
    passives: 'neutros',
    detractors: 'detratores',
    satisfied: 'satisfeitos',
    neutral: 'indiferentes',
    dissatisfied: 'insatisfeitos',
    more: 'e mais {n}',
    share: '{share} da etapa anterior',
    change: 'variação',
    pp: '{value} p.p.',
    noChange: 'sem variação clara',
    stale: 'sem dados novos: {span}',
    small: 'n < {n}',
    good: 'bom',
    fair: 'regular',
    poor: 'ruim',
  },
}
