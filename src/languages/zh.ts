import type { Language } from '../language.ts'

/** Chinese in simplified characters, which readers of traditional ones get as well. */
export const zh: Language = {
  id: 'zh',
  name: '简体中文',
  direction: 'ltr',
  questions: {
    nps: {
      text: '您有多大可能向朋友或同事推荐我们？',
      low: '完全不可能',
      high: '非常可能',
    },
    nps5: {
      text: '您有多大可能向朋友或同事推荐我们？',
      low: '完全不可能',
      high: '非常可能',
    },
    csat: {
      text: '您对我们的满意程度如何？',
      low: '非常不满意',
      high: '非常满意',
    },
    ces: {
      text: '我很轻松就办好了想办的事。您同意吗？',
      low: '非常不同意',
      high: '非常同意',
    },
    thumbs: { text: '我们帮到您了吗？', low: '否', high: '是' },
  },
  faces: ['非常不满意', '不满意', '一般', '满意', '非常满意'],
  stars: '{n} 星（满分 5 星）',
  followUp: {
    low: '哪里让您不满意？',
    middle: '我们怎样能做得更好？',
    high: '您最喜欢哪一点？',
  },
  form: {
    scale: '请从 {from} 到 {to} 中选择一个数字。',
    choose: '请选择一项。',
    drivers: '与哪些方面有关？可多选。',
    optional: '选填',
    send: '提交',
    confirm: '确认',
    unconfirmed: '确认之后，您的回答才会保存。',
    save: '保存',
    back: '返回问卷',
    open: '去掉这一部分，打开问卷',
    problem: '您的回答尚未提交',
    noScore: '请选择一个数字。',
    commentTooLong: '请将意见缩短到 {limit} 个字以内。',
    commentUnreadable: '您的意见有一部分无法读取，请重新填写。',
    privacy: '发起调查的团队会阅读您的回答；其他人只能看到大量回答的汇总。',
  },
  thanks: {
    title: '谢谢您！',
    text: '您的回答已保存。发起调查的团队可以看到，并会计入他们的得分。',
  },
  answered: {
    title: '您已经回答过了',
    text: '您的回答已保存，在 {time} 之前可以修改。',
  },
  locked: {
    title: '您已经回答过了',
    text: '您在 {day} 的回答已保存，不能再修改。谢谢您！',
  },
  unopened: {
    title: '问卷尚未开放',
    text: '从 {time} 起可以回答，欢迎届时再来。',
  },
  closed: {
    title: '问卷已结束',
    text: '不再接受回答。感谢您愿意帮忙。',
  },
  full: {
    title: '回答已经收满',
    text: '回答的人数已达到所需。感谢您愿意帮忙。',
  },
  unknown: {
    title: '这里没有问卷',
    text: '链接可能不完整，请从收到的消息中重新打开。',
  },
  expired: {
    title: '链接已过期',
    text: '它只在一段时间内有效。感谢您愿意帮忙。',
  },
  uninvited: {
    title: '此问卷仅限受邀者',
    text: '只能通过个人链接回答，而这个链接无效或已经失效。',
  },
  busy: {
    title: '您的回答尚未保存',
    text: '您所在的网络提交了很多回答，请一分钟后再试。',
  },
  doubtful: {
    title: '请再确认一次',
    text: '我们不能确定这是由真人提交的。您确认之后，回答即会计入。',
  },
  withdrawal: {
    title: '要撤回您的回答吗？',
    text: '回答将不再计入，您的意见也会删除，且无法恢复。',
    link: '撤回我的回答',
    button: '撤回',
    done: {
      title: '您的回答已撤回',
      text: '回答不再计入，您的意见也已删除。',
    },
  },
  preview: '这是预览：回答不会保存。',
  frame: { open: '反馈意见', close: '关闭' },
  mail: {
    hint: '点击后会打开我们的页面，在那里确认之前不会保存任何内容。',
    open: '打开问卷',
  },
  badLink: {
    title: '链接与问卷不符',
    text: '其中的“{name}”有误。请向发送链接的人索取新的链接。',
  },
  retry: {
    title: '您的回答尚未保存',
    text: '请一分钟后再试，回答只会计入一次。',
  },
  chart: {
    asOf: '截至 {day}',
    n: 'n = {n}',
    noData: '暂无数据',
    tooFew: '回答少于 {n} 个',
    unknown: '未找到',
    unavailable: '暂不可用',
    interval: '95% 区间：{from} 至 {to}',
    incomplete: '{day}，仍在进行',
  },
}
