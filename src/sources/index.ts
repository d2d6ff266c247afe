import type { Source } from '../source.ts'
import { shopify } from './shopify.ts'

/** Every vendor whose webhooks are understood. */
export const sources: readonly Source[] = [shopify]
