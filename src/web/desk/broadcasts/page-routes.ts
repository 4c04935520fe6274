import type { BroadcastRefusal, BroadcastView } from '../../../broadcast/broadcast-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatNumber } from '../../../language/format.ts'
import { wantsPart } from '../desk-request.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { type BroadcastPagesDeps, isOpen, numberOf, pathOf, route } from './broadcast-deps.ts'
import { broadcastPage, type ShownBroadcast } from './broadcast-page.ts'
import { showUnready } from './form-routes.ts'
import { liveNews } from './live-part.ts'
import { pressPaths } from './moves-part.ts'
import { noBroadcast } from './no-broadcast.ts'
import { type Tested, testPart } from './test-part.ts'

const one = '/siaran/:number'

/** One broadcast, and everything that is pressed on its page. */
export function pageRoutes(deps: BroadcastPagesDeps): readonly DeskRoute[] {
  const press = (move: keyof typeof pressPaths, work: Work, permission?: DeskRoute['permission']) =>
    route('post', `${one}${pressPaths[move]}`, (visit) => act(deps, visit, move, work), permission)
  const { desk } = deps
  return [
    route('get', one, (visit) => showBroadcast(deps, visit)),
    route('get', `${one}/kabar`, (visit) => tellNews(deps, visit)),
    press('propose', ({ officer }, number, { version }) => desk.propose(officer, number, version)),
    press('send', ({ officer }, number, { version }) => desk.approve(officer, number, version)),
    route('post', `${one}${pressPaths.approve}`, (visit) => approve(deps, visit), 'broadcast_approval'),
    press('pause', ({ officer }, number) => desk.pause(officer, number)),
    press('resume', ({ officer }, number) => desk.resume(officer, number)),
    press('go_on', ({ officer }, number) => desk.goOn(officer, number)),
    press('cancel', ({ officer }, number) => desk.cancel(officer, number)),
    press('remove', ({ officer }, number) => desk.remove(officer, number)),
    press(
      'send_back',
      ({ officer }, number, { reason }) => desk.sendBack(officer, number, reason),
      'broadcast_approval',
    ),
    route('post', `${one}/uji`, (visit) => giveCode(deps, visit)),
    route('post', `${one}/uji-lagi`, (visit) => testAgain(deps, visit)),
    route('post', `${one}/uji-lupa`, (visit) => forgetChat(deps, visit)),
  ]
}

interface Given {
  readonly version: number
  readonly reason: string
}

type Work = (
  visit: DeskVisit,
  number: number,
  given: Given,
) => Promise<{ readonly type: 'done'; readonly dropped?: number } | BroadcastRefusal>

function readBroadcast({ desk }: BroadcastPagesDeps, visit: DeskVisit): Promise<BroadcastView | undefined> {
  const number = numberOf(visit)
  return number === undefined ? Promise.resolve(undefined) : desk.read(visit.officer, number)
}

/** The broadcast as it is now, with what was refused or tested just now. */
async function showBroadcast(
  deps: BroadcastPagesDeps,
  visit: DeskVisit,
  more: Omit<ShownBroadcast, 'view' | 'count' | 'paces' | 'testers'> = {},
): Promise<Response> {
  const view = await readBroadcast(deps, visit)
  if (view === undefined) return noBroadcast(deps, visit)
  const { broadcast } = view
  const [count, paces, testers] = await Promise.all([
    isOpen(broadcast) ? deps.desk.count(visit.officer, broadcast.audience) : undefined,
    deps.paces(),
    isOpen(broadcast) ? deps.desk.testers(visit.officer) : [],
  ])
  const body = broadcastPage(deps, visit, { view, count, paces, testers, ...more })
  const title = fill(deps.texts.page.title, { number: broadcast.number, name: broadcast.title })
  const status = more.refusal === undefined ? 200 : more.pressed === undefined ? 409 : 422
  return visit.page({ title, section: 'broadcasts', body }, status)
}

async function tellNews(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const view = await readBroadcast(deps, visit)
  if (view === undefined) return noBroadcast(deps, visit)
  const shown = visit.context.req.query('tampak')
  return visit.page({ title: deps.texts.progress.title, body: liveNews(deps, visit, view, shown) })
}

async function act(
  deps: BroadcastPagesDeps,
  visit: DeskVisit,
  move: keyof typeof pressPaths,
  work: Work,
): Promise<Response> {
  const fields = await visit.fields()
  const number = numberOf(visit)
  if (number === undefined) return noBroadcast(deps, visit)
  const given = { version: Number(fields.version ?? 0), reason: (fields.reason ?? '').trim() }
  const done = await work(visit, number, given)
  if (done.type !== 'done') return refuse(deps, visit, done, given.reason)
  const said = fill(deps.texts.done[move], { number, dropped: formatNumber(done.dropped ?? 0) })
  return visit.redirect(move === 'remove' ? '/siaran' : pathOf(number), said)
}

/** Nothing is approved that nobody says to have read. */
async function approve(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const { dibaca } = await visit.fields()
  if (dibaca !== 'ya') {
    const error = deps.texts.press.not_read
    return showBroadcast(deps, visit, { refusal: error, pressed: { move: 'approve', error } })
  }
  return act(deps, visit, 'approve', ({ officer }, number, { version }) =>
    deps.desk.approve(officer, number, version),
  )
}

/** Why nothing was done, on the page where something else can be. */
async function refuse(
  deps: BroadcastPagesDeps,
  visit: DeskVisit,
  refusal: BroadcastRefusal,
  reason: string,
): Promise<Response> {
  const { refused, press, states } = deps.texts
  switch (refusal.type) {
    case 'unknown':
      return noBroadcast(deps, visit)
    case 'state':
      return showBroadcast(deps, visit, { refusal: fill(refused.state, { state: states[refusal.state] }) })
    case 'moved':
    case 'same_person':
    case 'nobody':
    case 'not_allowed':
      return showBroadcast(deps, visit, { refusal: refused[refusal.type] })
    case 'reason': {
      const error = press.no_reason
      return showBroadcast(deps, visit, { refusal: error, pressed: { move: 'send_back', reason, error } })
    }
    case 'problems': {
      const view = await readBroadcast(deps, visit)
      return view === undefined
        ? noBroadcast(deps, visit)
        : showUnready(deps, visit, view.broadcast, refusal.problems)
    }
  }
}

async function giveCode(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const number = numberOf(visit)
  const given = number === undefined ? undefined : await deps.desk.testCode(visit.officer, number)
  return given === undefined ? noBroadcast(deps, visit) : showTested(deps, visit, { type: 'code', ...given })
}

async function testAgain(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const number = numberOf(visit)
  const chats = number === undefined ? undefined : await deps.desk.test(visit.officer, number)
  return chats === undefined ? noBroadcast(deps, visit) : showTested(deps, visit, { type: 'shown', chats })
}

async function forgetChat(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const { chat = '' } = await visit.fields()
  if (/^\d{1,18}$/.test(chat)) await deps.desk.forgetTester(visit.officer, BigInt(chat))
  return showTested(deps, visit, { type: 'forgotten' })
}

/** In the part of the page that was pressed in, or on the whole page. */
async function showTested(deps: BroadcastPagesDeps, visit: DeskVisit, tested: Tested): Promise<Response> {
  if (!wantsPart(visit.context)) return showBroadcast(deps, visit, { tested })
  const chats = await deps.desk.testers(visit.officer)
  return visit.context.html(testPart(deps, visit, numberOf(visit) ?? 0, { tested, chats }))
}
