/** A service that sends a team's mail and writes into it what it knows of each recipient. */
export interface Mailer {
  readonly id: string
  /**
   * What it replaces by the recipient's own URL, wherever that was stored for them; `null` where
   * everybody gets the survey's public URL. No character of it means anything in HTML or in a URL
   * query, so that it stays as it is inside `href`.
   */
  readonly tag: string | null
  /** Where its own documentation describes that. */
  readonly cite?: string
}

/** Every mailer; the first is for all that are not here. */
export const mailers: readonly [Mailer, ...Mailer[]] = [
  { id: 'generic', tag: '{{tidemark_url}}' },
  {
    id: 'mailchimp',
    // An audience field whose tag is TIDEMARK: a tag has ten characters at most.
    tag: '*|TIDEMARK|*',
    cite: 'https://mailchimp.com/developer/marketing/docs/merge-fields/',
  },
  {
    id: 'sendgrid',
    tag: '{{tidemark_url}}',
    cite: 'https://www.twilio.com/docs/sendgrid/for-developers/sending-email/using-handlebars',
  },
  {
    id: 'hubspot',
    tag: '{{ contact.tidemark_url }}',
    cite: 'https://developers.hubspot.com/docs/cms/reference/hubl/variables',
  },
  {
    id: 'brevo',
    // Names of attributes are upper case.
    tag: '{{ contact.TIDEMARK_URL }}',
    cite: 'https://help.brevo.com/hc/en-us/articles/4402386448530',
  },
  {
    id: 'klaviyo',
    tag: '{{ person.tidemark_url }}',
    cite: 'https://help.klaviyo.com/hc/en-us/articles/4408802648731',
  },
  {
    id: 'mailjet',
    // A variable of the message; a contact's own property would be {{data:tidemark_url}}.
    tag: '{{var:tidemark_url}}',
    cite: 'https://dev.mailjet.com/template-language/reference/',
  },
  {
    id: 'customerio',
    tag: '{{customer.tidemark_url}}',
    cite: 'https://docs.customer.io/journeys/liquid-tag-list',
  },
  {
    id: 'postmark',
    tag: '{{tidemark_url}}',
    cite: 'https://postmarkapp.com/support/article/1077-template-syntax',
  },
  { id: 'none', tag: null },
]
