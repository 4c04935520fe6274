import { z } from 'zod'
import type { ActionContract } from '../../flow/action.ts'
import { consentPurposes, paperKinds } from '../product.ts'
import { consent, none, number, text, told } from './contract-parts.ts'
import { shopFields } from './own-shop.ts'

const purpose = z.enum(consentPurposes)

/** What an owner does with the shop. */
export const ownShopContracts = {
  show_own_shop: { inputs: none, outcomes: { shop: z.object({ shop: text }), none, closed: none } },
  change_own_shop: {
    inputs: z.object({ what: z.enum(shopFields), value: text }),
    outcomes: { changed: told, refused: told, none },
  },
  list_payments: {
    inputs: none,
    outcomes: {
      listed: z.object({ rows: z.array(z.object({ way: text, label: text, words: text })) }),
      none,
    },
  },
  list_own_consents: {
    inputs: none,
    outcomes: { listed: z.object({ rows: z.array(z.object({ purpose, label: text, words: text })) }), none },
  },
  look_at_consent: {
    inputs: z.object({ purpose }),
    outcomes: {
      published: consent.extend({ purpose }),
      given: consent.extend({ purpose }),
      missing: consent.extend({ purpose }),
      none,
    },
  },
  give_own_consent: {
    inputs: z.object({ purpose, version: text }),
    outcomes: { given: none, need_phone: none, none },
  },
  withdraw_own_consent: { inputs: z.object({ purpose }), outcomes: { withdrawn: none, none } },
  list_own_papers: {
    inputs: none,
    outcomes: {
      listed: z.object({
        rows: z.array(z.object({ kind: z.enum(paperKinds), title: text, label: text, words: text })),
      }),
      none,
    },
  },
  claim_own_paper: {
    inputs: z.object({ kind: z.enum(paperKinds), number: text }),
    outcomes: { claimed: none, refused: told, none },
  },
  my_week: {
    inputs: none,
    outcomes: {
      week: z.object({ views: number, finds: number, contacts: number, lines: text }),
      quiet: none,
      none,
    },
  },
} as const satisfies Record<string, ActionContract>
