/** What the visits of a kind have left. */
export interface Row {
  readonly kind: string
  readonly visits: number
  /** How many pages were asked for. */
  readonly pages: number
  /** Answers that are stored as such, answers that are doubted, and answers in a KPI. */
  readonly stored: number
  readonly provisional: number
  readonly counting: number
  /** How often people were asked to confirm once more; `null` where they are none. */
  readonly asked: number | null
  /** The `confirm_rate` of their survey; `null` where no link was opened. */
  readonly confirmRate: number | null
}

const line = (row: Row): string =>
  `| ${[
    row.kind,
    row.visits,
    row.pages,
    row.stored,
    row.provisional,
    row.counting,
    row.asked ?? '–',
    row.confirmRate === null ? '–' : `${row.confirmRate} %`,
  ].join(' | ')} |`

const table = (
  rows: readonly Row[],
): string => `| who | mails | pages | stored | provisional | in a KPI | asked once more | \`confirm_rate\` |
| --- | --: | --: | --: | --: | --: | --: | --: |
${rows.map(line).join('\n')}`

/** `docs/scanners.md`. */
export const scannersPage = (
  scanners: readonly Row[],
  people: readonly Row[],
): string => `# Mail scanners

Programs that check mail open the links in it, some run the scripts of the page, and a few press its buttons. None of
them is a person. This page is written by \`npm run test:faults\`, which plays scanners and people against the Worker and
counts what is left; those that run scripts are a real browser, and fewer for it.

## Scanners

${table(scanners)}

Opening, asking for the head of, or looking ahead at a link writes no answer, whatever runs on the page: only a form that
is sent does. A scanner that opens one link, waits until nobody can call it early, and presses the button does what a
person does; nothing on our side tells them apart, and its answer counts. So does that of one that reads the page that
asks once more.

## People

${table(people)}

Two in five have a scanner in front of them that opens all their links, an hour before or as they open the mail; two in
five one that asks for heads or looks ahead. Every last answer counts, once. Whoever is asked once more has answered
when they press again; those who leave instead are kept as provisional, to be promoted by the team.

## The rules

- \`early\`: the answer comes within 3 seconds of its invitation. Nobody has read a mail by then. Invitations that are made
  long before they are sent are past it.
- \`many-links\`: more than half of the links were opened in one go, at most 30 seconds apart, and the last of them less
  than 30 seconds ago. People open one, or two when they correct themselves; a scale of two has no such rule. A link that
  is opened later begins anew, so that what a scanner has done is not renewed by the person who comes after it.
- \`trap\`: the link that nobody sees was opened within the last 10 minutes. It costs people whose scanner follows hidden
  links one more press when they answer in that time.
- \`hidden-field\`: a field was filled that nobody sees.
- \`no-gesture\`, where the survey is \`assisted\`: no script has seen a key or a pointer. It costs people without scripts one
  more press.
- \`challenge\`, where the deployment has keys of Turnstile: the form came without a passed challenge.

A comment takes \`many-links\` and \`trap\` away: scanners press buttons, they do not say why. What a program sends as JSON
is a team's own doing, and the mail says nothing of it. A doubted answer is kept outside every KPI, and the page asks to
confirm it once more; pressed after a second or more it counts. The team sees what is left at
\`GET /v1/surveys/{id}/provisional\` and promotes or discards it.

## What it costs

\`GET /v1/surveys/{id}/integrity\` says it for your own surveys. \`confirm_rate\` is the share of the invitations with an opened
link that were answered: what the confirming press loses, and what scanners open without answering, which is why it is low
above where nobody is a person. \`flagged_share\` is how many answers were doubted, \`doubted\` what has become of them, and
\`reasons\` why.
`
