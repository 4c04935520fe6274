import { userInfo } from 'node:os'
import type { App } from '../app.ts'
import { chatLinks } from '../app-chat-links.ts'
import { dayInWita, isoDay } from '../language/format.ts'
import { formatInvitationCode, invitationWords } from '../marketplace/invitation/invitation.ts'
import { UsageError } from './command.ts'
import type { CliContext } from './context.ts'

const most = 1_000

/** Prints the imported shops that nobody has taken. */
export async function listShops(
  app: App,
  context: CliContext,
  { kelurahan, json }: { readonly kelurahan?: string | undefined; readonly json: boolean },
): Promise<number> {
  const page = { offset: 0, limit: most }
  const { invitations } = app.market
  const shops = await (kelurahan === undefined
    ? invitations.list(page)
    : invitations.unowned(placeOf(app, kelurahan), page))
  if (json) {
    const lines = shops.map(({ id, name, source, invitedUntil, ...shop }) => ({
      ...{ shop: id, name, kelurahan: shop.kelurahan, source },
      invited_until: invitedUntil?.toISOString() ?? null,
    }))
    context.out(`${JSON.stringify(lines)}\n`)
    return 0
  }
  for (const { id, name, source, invitedUntil, ...shop } of shops) {
    const place = app.language.places.byCode(shop.kelurahan)?.name ?? shop.kelurahan
    const invited = invitedUntil === undefined ? '' : `, invited until ${isoDay(dayInWita(invitedUntil))}`
    context.out(`${id} ${name}, ${place} (${source})${invited}\n`)
  }
  if (shops.length === 0) context.err('No imported shop is without an owner.\n')
  if (shops.length === most) context.err(`These are the first ${most}.\n`)
  return 0
}

/** Invites the owner of one shop, or of all of a kelurahan that were not invited yet, and prints the codes. */
export async function inviteShops(
  app: App,
  context: CliContext,
  wish: {
    readonly shop?: string | undefined
    readonly kelurahan?: string | undefined
    readonly json: boolean
  },
): Promise<number> {
  const { shop, kelurahan = '', json } = wish
  const whom = shop === undefined ? { kelurahan: placeOf(app, kelurahan) } : { shopId: Number(shop) }
  const made = await app.market.invitations.invite(whom, { id: userInfo().username })
  if (made.length === 0) {
    context.err('Nobody is to be invited there.\n')
    return 1
  }
  const lines = made.map(({ shopId, shop: name, code, expiresAt, ...where }) => ({
    ...{ shop: shopId, name, kelurahan: where.kelurahan, code, expires_at: expiresAt.toISOString() },
    links: chatLinks(app.addresses, invitationWords(code)).map(({ url }) => url),
  }))
  if (json) context.out(`${JSON.stringify(lines)}\n`)
  else {
    for (const { shop: number, name, code, links } of lines) {
      context.out([`${number} ${name}: ${formatInvitationCode(code)}`, ...links].join(' ').concat('\n'))
    }
  }
  return 0
}

function placeOf({ language }: App, name: string): string {
  const place = language.places.byName(name) ?? language.places.byCode(name)
  if (place === undefined) throw new UsageError(`no kelurahan of the city is called ${name}`)
  return place.code
}
