import type { Source } from '../source.ts'
import { calendly } from './calendly.ts'
import { chargebee } from './chargebee.ts'
import { delighted } from './delighted.ts'
import { formbricks } from './formbricks.ts'
import { hubspot } from './hubspot.ts'
import { intercom } from './intercom.ts'
import { paddle } from './paddle.ts'
import { pipedrive } from './pipedrive.ts'
import { salesforce } from './salesforce.ts'
import { satismeter } from './satismeter.ts'
import { segment } from './segment.ts'
import { shopify } from './shopify.ts'
import { standard } from './standard.ts'
import { stripe } from './stripe.ts'
import { survicate } from './survicate.ts'
import { typeform } from './typeform.ts'
import { zendesk } from './zendesk.ts'

/** Every vendor whose webhooks are understood. */
export const sources: readonly Source[] = [
  calendly,
  chargebee,
  delighted,
  formbricks,
  hubspot,
  intercom,
  paddle,
  pipedrive,
  salesforce,
  satismeter,
  segment,
  shopify,
  standard,
  stripe,
  survicate,
  typeform,
  zendesk,
]
