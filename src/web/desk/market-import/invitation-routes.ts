import { fill } from '../../../language/fill-text.ts'
import type { MadeInvitation } from '../../../marketplace/invitation/invitation.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { createInvitationLetters } from './invitation-letter.ts'
import { countsView, madeView, pageSize, shopsView } from './invitation-views.ts'
import { openInvitation, sealInvitation } from './letter-pass.ts'
import { type MarketImportPagesDeps, route } from './market-import-deps.ts'

const place = '/umkm/undangan/:code{53[0-9.]{8,20}}'

/** Invitations of owners: one shop at a time, or letters for all of a kelurahan. */
export function invitationRoutes(deps: MarketImportPagesDeps): readonly DeskRoute[] {
  return [
    route('get', '/umkm/undangan', (visit) => showCounts(deps, visit)),
    route('post', '/umkm/undangan/toko/:number{[1-9][0-9]{0,8}}', (visit) => inviteOne(deps, visit)),
    route('post', '/umkm/undangan/surat', (visit) => printOne(deps, visit)),
    route('get', place, (visit) => showShops(deps, visit)),
    route('post', place, (visit) => printAll(deps, visit)),
  ]
}

async function showCounts(deps: MarketImportPagesDeps, visit: DeskVisit): Promise<Response> {
  const { texts, invitations, placeName, tabs } = deps
  const body = countsView(texts.invitations, await tabs(visit), await invitations.counts(), placeName)
  return visit.page({ title: texts.invitations.title, section: 'market', body })
}

async function showShops(deps: MarketImportPagesDeps, visit: DeskVisit): Promise<Response> {
  const { texts, invitations, placeName } = deps
  const kelurahan = visit.context.req.param('code') ?? ''
  const name = placeName(kelurahan)
  if (name === undefined) return visit.redirect('/umkm/undangan')
  const written = visit.context.req.query('halaman') ?? '1'
  const page = /^[1-9]\d{0,3}$/.test(written) ? Number(written) : 1
  const shops = await invitations.unowned(kelurahan, { offset: (page - 1) * pageSize, limit: pageSize + 1 })
  const counts = (await invitations.counts()).find((one) => one.kelurahan === kelurahan)
  const uninvited = counts === undefined ? 0 : counts.shops - counts.invited
  const body = shopsView(texts.invitations, visit, { kelurahan, name, page, shops, uninvited })
  const title = fill(texts.invitations.kelurahan_title, { kelurahan: name })
  return visit.page({ title, section: 'market', body })
}

async function inviteOne(deps: MarketImportPagesDeps, visit: DeskVisit): Promise<Response> {
  const { texts, invitations, secrets, linksOf, now } = deps
  const shopId = Number(visit.context.req.param('number'))
  const [made] = await invitations.invite({ shopId }, visit.officer)
  if (made === undefined) return visit.redirect('/umkm/undangan', texts.invitations.nobody)
  const pass = sealInvitation(secrets, made, visit.officer.id, now())
  const body = madeView(texts.invitations, visit, { made, pass, linksOf })
  return visit.page({ title: texts.invitations.made_title, section: 'market', body })
}

async function printOne(deps: MarketImportPagesDeps, visit: DeskVisit): Promise<Response> {
  const { texts, secrets, now } = deps
  const { pass = '' } = await visit.fields()
  const made = openInvitation(secrets, pass, visit.officer.id, now())
  return made === undefined
    ? visit.redirect('/umkm/undangan', texts.invitations.late)
    : sendLetters(deps, visit, [made])
}

async function printAll(deps: MarketImportPagesDeps, visit: DeskVisit): Promise<Response> {
  const kelurahan = visit.context.req.param('code') ?? ''
  const made = await deps.invitations.invite({ kelurahan }, visit.officer)
  return made.length === 0
    ? visit.redirect('/umkm/undangan', deps.texts.invitations.nobody)
    : sendLetters(deps, visit, made)
}

async function sendLetters(
  { texts, linksOf, address, now }: MarketImportPagesDeps,
  visit: DeskVisit,
  invitations: readonly MadeInvitation[],
): Promise<Response> {
  const letters = { texts: texts.letter, invitations, linksOf, address: address(), date: now() }
  return visit.context.body(await createInvitationLetters(letters), 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="${texts.letter.file}.pdf"`,
    'X-Content-Type-Options': 'nosniff',
  })
}
