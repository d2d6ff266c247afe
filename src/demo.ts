/**
 * The sample workspace has ids that nobody could be given, so that the first page can find it and no
 * team's data can be taken for it: ids of ours have 22 characters.
 */
export const demo = {
  workspace: 'demo',
  nps: 'demo-nps',
  csat: 'demo-csat',
  badge: 'demo-nps-badge',
  chart: 'demo-nps-chart',
  satisfaction: 'demo-csat-badge',
  report: 'demo-report',
  /** Days from the first sample answer to the last. */
  span: 192,
  attribution:
    'answers to The Carpentries’ instructor training post-survey of 2016 (carpentries/assessment, CC BY 4.0)',
} as const
