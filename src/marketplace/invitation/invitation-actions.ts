import { z } from 'zod'
import type { Action, ActionContext, ActionContract, ActionResult } from '../../flow/action.ts'
import { maskName } from '../../language/mask.ts'
import type { Transaction } from '../../storage/database.ts'
import { hashesOfCode, type InvitationDeps } from './invitation-deps.ts'

const nothing = z.object({})
const shopName = z.object({ shop: z.string() })

/** What flows may ask about invitations. */
export const invitationContracts = {
  /** Which shop a code is for. `shop` is masked: whoever has the letter knows it. */
  find_invitation: {
    inputs: z.object({ code: z.string() }),
    outcomes: {
      found: z.object({
        invitation: z.number(),
        shop: z.string(),
        kelurahan: z.string(),
        publish_text: z.string(),
        contact_text: z.string(),
      }),
      /** The person has a shop already: this one. */
      own: shopName,
      /** The person had one, and staff closed it. */
      closed: nothing,
      /** There is none of that code, or it was used, or its time is over. */
      wrong: nothing,
      /** Too many wrong codes of this person: nothing was looked up. */
      too_many: nothing,
    },
  },
  /** Makes the shop the person's. */
  take_shop: {
    inputs: z.object({
      invitation: z.number(),
      phone: z.string(),
      publish: z.boolean(),
      contact: z.boolean(),
    }),
    outcomes: { taken: shopName, own: shopName, closed: nothing, gone: nothing },
  },
} as const satisfies Record<string, ActionContract>

type Context = ActionContext<Transaction>

const mostWrongADay = 5
const dayMs = 86_400_000

/** Makes the actions. */
export function createInvitationActions(
  deps: InvitationDeps,
): Record<keyof typeof invitationContracts, Action<Transaction>> {
  const { find_invitation: finding, take_shop: taking } = invitationContracts
  return {
    find_invitation: {
      contract: finding,
      run: (input, context) => findInvitation(deps, context, finding.inputs.parse(input).code),
    },
    take_shop: {
      contract: taking,
      run: (input, context) => takeShop(deps, context, taking.inputs.parse(input)),
    },
  }
}

async function findInvitation(
  deps: InvitationDeps,
  context: Context,
  written: string,
): Promise<ActionResult> {
  const { invitations, secrets, words, audit, placeName } = deps
  const { transaction, contactId, now } = context
  const had = await shopBefore(deps, context)
  if (had !== undefined) return had
  const wrong = await invitations.wrong(transaction, contactId, new Date(now.getTime() - dayMs))
  if (wrong >= mostWrongADay) return { outcome: 'too_many', values: {} }
  const code = written.normalize('NFKC').replace(/\D/g, '')
  const found = await invitations.byCode(transaction, hashesOfCode(secrets, code), now)
  if (found === undefined) {
    const actor = { type: 'resident', id: contactId } as const
    await audit.record(transaction, { at: now, actor, action: 'market.invitation_wrong', subject: contactId })
    return { outcome: 'wrong', values: {} }
  }
  const { publish, contact } = words().consents
  return {
    outcome: 'found',
    values: {
      invitation: found.id,
      shop: maskName(found.shop),
      kelurahan: placeName(found.kelurahan) ?? found.kelurahan,
      publish_text: publish.text.trim(),
      contact_text: contact.text.trim(),
    },
  }
}

/** A person has one shop: neither whoever has one nor whoever's was closed takes another. */
async function shopBefore(
  { store, listing }: InvitationDeps,
  { transaction, contactId }: Context,
): Promise<ActionResult | undefined> {
  const own = await store.shopOfContact(transaction, contactId)
  if (own !== undefined) return { outcome: 'own', values: { shop: own.name } }
  const isClosed = await listing.hasClosedShop(transaction, contactId)
  return isClosed ? { outcome: 'closed', values: {} } : undefined
}

async function takeShop(
  deps: InvitationDeps,
  context: Context,
  wish: z.infer<(typeof invitationContracts.take_shop)['inputs']>,
): Promise<ActionResult> {
  const { store, listing, invitations, contacts, audit } = deps
  const { transaction, contactId, now } = context
  // They may be opening or taking one in another of their chats.
  await listing.lockContact(transaction, contactId)
  const had = await shopBefore(deps, context)
  if (had !== undefined) return had
  const invitation = await invitations.lock(transaction, wish.invitation, now)
  if (invitation === undefined) return { outcome: 'gone', values: {} }
  const { id, shopId } = invitation
  await store.lockShop(transaction, shopId)
  const given = await invitations.giveShop(transaction, shopId, { contactId, chatId: BigInt(context.chatId) })
  if (given === undefined) return { outcome: 'gone', values: {} }
  await invitations.use(transaction, id, contactId, now)
  await invitations.endOf(transaction, [shopId], now)
  const phone = wish.phone.replace(/\D/g, '')
  await contacts.keepPhone(transaction, shopId, phone)
  await keepConsents(deps, context, shopId, wish)
  await audit.record(transaction, {
    ...{ at: now, actor: { type: 'resident', id: contactId }, action: 'market.invitation_used' },
    ...{ subject: `shop:${shopId}`, outcome: 'taken' },
    // Another number than the list's is no fault, but the office may want to look.
    details: { number: sameNumber(deps, given.phone, phone), publish: wish.publish, contact: wish.contact },
  })
  return { outcome: 'taken', values: { shop: invitation.shop } }
}

function sameNumber(
  { secrets }: InvitationDeps,
  sealed: Uint8Array | undefined,
  phone: string,
): 'same' | 'another' | 'unknown' {
  if (sealed === undefined) return 'unknown'
  return secrets.open(sealed) === phone ? 'same' : 'another'
}

async function keepConsents(
  { invitations, words }: InvitationDeps,
  { transaction, contactId, chatId, now }: Context,
  shopId: number,
  wish: { readonly publish: boolean; readonly contact: boolean },
): Promise<void> {
  for (const purpose of ['publish', 'contact'] as const) {
    if (!wish[purpose]) continue
    const { version } = words().consents[purpose]
    const person = { contactId, chatId: BigInt(chatId) }
    await invitations.consent(transaction, { shopId, ...person, purpose, version, at: now })
  }
}
