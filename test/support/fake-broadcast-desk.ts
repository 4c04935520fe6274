import type { AudienceCount } from '../../src/broadcast/audience.ts'
import type { Broadcast, BroadcastPlan, Figures, RecipientState } from '../../src/broadcast/broadcast.ts'
import type {
  BroadcastChange,
  BroadcastDesk,
  BroadcastMove,
  BroadcastRefusal,
  BroadcastView,
  PlanProblem,
  Preview,
  RecipientLine,
  SavedAudience,
  TesterChat,
} from '../../src/broadcast/broadcast-desk.ts'
import { may, type Officer } from '../../src/staff/officer.ts'

/** What the clock of the broadcast pages' tests shows: Thursday 09.30 in Kupang. */
export const broadcastNow = new Date('2026-03-05T01:30:00Z')

/** Somebody who was told. Only the mask may ever be seen of them. */
export interface FakeRecipient {
  readonly id: bigint
  readonly chat: string
  readonly phone: string
  readonly name: string
  readonly channel: 'telegram' | 'whatsapp'
  readonly state: RecipientState
  readonly reason?: string
}

/** A desk of broadcasts in memory, with the rules that its pages must cope with. */
export interface FakeBroadcastDesk extends BroadcastDesk {
  readonly calls: { readonly act: string; readonly with: readonly unknown[] }[]
  readonly broadcasts: Map<number, Broadcast>
  readonly figuresOf: Map<number, Figures>
  readonly people: Map<number, readonly FakeRecipient[]>
  /** How many an audience reaches. */
  reach: number
  /** Their own chats in which broadcasts were shown. */
  testerChats: readonly TesterChat[]
  /** To how many this officer sent alone within a day. */
  sentAlone: number
  /** What the next press is answered with, instead of being done. */
  next: BroadcastRefusal | undefined
  /** In how many chats this officer is known. */
  chats: number
  draft: BroadcastPlan | undefined
  posts: BroadcastView['posts']
  put(part?: Partial<Broadcast>): Broadcast
  change(number: number, part: Partial<Broadcast>): void
}

const threshold = 200
/** Words that open something in the fake. */
const opening = /^(daftar \d+|pelatihan|menu)$/

/** A plan as it should be. */
export const soundPlan: BroadcastPlan = {
  title: 'Pelatihan menjahit',
  text: 'Selamat pagi warga {{kelurahan}}. Pelatihan menjahit dibuka.',
  media: undefined,
  buttons: [{ label: 'Daftar', words: 'daftar 12' }],
  audience: {
    topics: ['training/menjahit'],
    places: ['53.71.01', '53.71.04.1001'],
    course: undefined,
    channels: [],
    language: undefined,
    without: { broadcasts: [], course: undefined },
  },
  posts: [],
  source: undefined,
  scheduledAt: undefined,
  expiresAt: undefined,
}

/** No figure but the audience. */
export function figuresFor(audience: number, part: Partial<Figures> = {}): Figures {
  const none = { queued: 0, sent: 0, delivered: 0, read: 0, replied: 0, stopped: 0, failed: 0 }
  const given = { ...none, suppressed: 0, unknown: 0, ...part }
  const settled = given.queued + given.sent + given.failed + given.suppressed + given.unknown
  return { audience, waiting: audience - settled, reasons: {}, ...given }
}

/** Makes one. */
export function createFakeBroadcastDesk(now: () => Date = () => broadcastNow): FakeBroadcastDesk {
  const calls: FakeBroadcastDesk['calls'][number][] = []
  const broadcasts = new Map<number, Broadcast>()
  const changes = new Map<number, BroadcastChange[]>()
  const saved: SavedAudience[] = []
  let nextId = 1n
  const note = (act: string, ...given: readonly unknown[]) => void calls.push({ act, with: given })
  const log = (number: number, viewer: Officer, what: string, reason?: string) => {
    const line = { at: now(), by: viewer.name, what, reason }
    changes.set(number, [...(changes.get(number) ?? []), line])
  }
  const reachesMany = () => desk.reach > threshold
  /** Does it from one of the states, unless a test has it refused. */
  const press = async <Result>(
    act: string,
    viewer: Officer,
    number: number,
    states: readonly Broadcast['state'][],
    work: (broadcast: Broadcast) => Result | BroadcastRefusal,
    version?: number,
    reason?: string,
  ): Promise<Result | BroadcastRefusal> => {
    note(act, viewer.id, number)
    const refusal = desk.next
    desk.next = undefined
    const broadcast = broadcasts.get(number)
    if (broadcast === undefined) return { type: 'unknown' }
    if (refusal !== undefined) return refusal
    if (!states.includes(broadcast.state)) return { type: 'state', state: broadcast.state }
    if (version !== undefined && broadcast.version !== version) return { type: 'moved' }
    const done = work(broadcast)
    if (isDone(done)) log(number, viewer, act, reason)
    return done
  }
  const done = { type: 'done' } as const
  const lineOf = (number: number, person: FakeRecipient): RecipientLine => ({
    ...{ id: person.id, broadcast: number, title: broadcasts.get(number)?.title ?? '' },
    ...{ channel: person.channel, masked: `••••${person.chat.slice(-3)}` },
    ...{ state: person.state, reason: person.reason, at: person.state === 'waiting' ? undefined : now() },
    ...{ deliveredAt: undefined, readAt: undefined },
  })

  const desk: FakeBroadcastDesk = {
    ...{ calls, broadcasts, figuresOf: new Map(), people: new Map() },
    ...{ testerChats: [], reach: 120, sentAlone: 0, next: undefined, chats: 0, draft: undefined, posts: [] },
    put(part = {}) {
      const number = part.number ?? broadcasts.size + 1
      const broadcast = { ...sampleBroadcast(number, now()), ...part }
      broadcasts.set(number, broadcast)
      return broadcast
    },
    change(number, part) {
      const broadcast = broadcasts.get(number)!
      broadcasts.set(number, { ...broadcast, ...part })
    },
    async list(_, { over } = {}) {
      const all = [...broadcasts.values()].filter(
        (one) => over === undefined || ['finished', 'cancelled'].includes(one.state) === over,
      )
      return all.map((broadcast) => ({ broadcast, figures: desk.figuresOf.get(broadcast.number) }))
    },
    async read(viewer, number) {
      const broadcast = broadcasts.get(number)
      if (broadcast === undefined) return undefined
      return {
        ...{ broadcast, figures: desk.figuresOf.get(number), posts: desk.posts },
        moves: movesOf(viewer, broadcast, reachesMany()),
        ...{ needsApproval: reachesMany(), sentAlone: desk.sentAlone },
        changes: changes.get(number) ?? [],
      }
    },
    figures: async (number) => desk.figuresOf.get(number),
    async draftFrom(viewer, source) {
      note('draftFrom', viewer.id, source)
      return desk.draft
    },
    check: async (plan) => problemsOf(plan, now()),
    async create(viewer, plan) {
      note('create', viewer.id, plan)
      const problems = problemsOf(plan, now())
      if (problems.length > 0) return { type: 'problems', problems }
      const { number } = desk.put({ ...plan, ...authorOf(viewer) })
      log(number, viewer, 'create')
      return { type: 'done', number }
    },
    async edit(viewer, number, plan, version) {
      const work = (): { type: 'done' } | BroadcastRefusal => {
        const problems = problemsOf(plan, now())
        if (problems.length > 0) return { type: 'problems', problems }
        desk.change(number, { ...plan, state: 'draft', version: version + 1, ...editorOf(viewer) })
        return done
      }
      const answer = await press('edit', viewer, number, ['draft', 'proposed'], work, version)
      calls.push({ act: 'edited', with: [plan, version] })
      return answer
    },
    async copy(viewer, number) {
      const broadcast = broadcasts.get(number)
      if (broadcast === undefined) return { type: 'unknown' }
      const copy = { ...broadcast, number: broadcasts.size + 1, ...authorOf(viewer) }
      return { type: 'done', number: desk.put(copy).number }
    },
    remove: (viewer, number) =>
      press('remove', viewer, number, ['draft', 'proposed'], () => {
        broadcasts.delete(number)
        return done
      }),
    usesFile: async (id) => [...broadcasts.values()].some(({ media }) => media?.id === id),
    async count(viewer, audience) {
      note('count', viewer.id, audience)
      return countOf(desk.reach, now())
    },
    preview: previewOf,
    previewPosts: ({ text, posts, buttons }) =>
      posts.map((channel) => {
        const links = buttons.map(
          ({ label, words }) => `${label}: https://t.me/lopo_contoh_bot?start=${words}`,
        )
        return { channel, parts: [{ text: [text, ...links].join(' '), media: undefined }], buttons: [] }
      }),
    propose: (viewer, number, version) =>
      press(
        'propose',
        viewer,
        number,
        ['draft'],
        () => {
          desk.change(number, { state: 'proposed', proposedAt: now(), proposedBy: viewer.name })
          return done
        },
        version,
      ),
    approve: (viewer, number, version) =>
      press(
        'approve',
        viewer,
        number,
        ['draft', 'proposed'],
        (broadcast): { type: 'done' } | BroadcastRefusal => {
          if (desk.reach === 0) return { type: 'nobody' }
          if (reachesMany() && broadcast.editedById === viewer.id) return { type: 'same_person' }
          if (reachesMany() && !may(viewer, 'broadcast_approval')) return { type: 'not_allowed' }
          desk.change(number, {
            ...{ state: 'approved', approvedAt: now(), approvedBy: viewer.name, audienceSize: desk.reach },
          })
          desk.figuresOf.set(number, figuresFor(desk.reach))
          return done
        },
        version,
      ),
    sendBack: (viewer, number, reason) =>
      press(
        'send_back',
        viewer,
        number,
        ['proposed'],
        (): { type: 'done' } | BroadcastRefusal => {
          if (reason.length < 3) return { type: 'reason' }
          desk.change(number, { state: 'draft', proposedAt: undefined, proposedBy: undefined })
          return done
        },
        undefined,
        reason,
      ),
    pause: (viewer, number) =>
      press('pause', viewer, number, ['sending'], () => {
        desk.change(number, { state: 'paused', pausedAt: now(), pausedBy: viewer.name })
        return done
      }),
    resume: (viewer, number) =>
      press('resume', viewer, number, ['paused'], () => {
        desk.change(number, { state: 'sending', pauseReason: undefined, pausedBy: undefined })
        return done
      }),
    goOn: (viewer, number) =>
      press('go_on', viewer, number, ['sending'], () => {
        desk.change(number, { phase: 'rest' })
        return done
      }),
    cancel: (viewer, number) =>
      press('cancel', viewer, number, ['approved', 'sending', 'paused'], () => {
        desk.change(number, { state: 'cancelled', endedAt: now(), endedBy: viewer.name })
        return { type: 'done', dropped: desk.figuresOf.get(number)?.waiting ?? 0 } as const
      }),
    async testCode(viewer, number) {
      note('testCode', viewer.id, number)
      const until = new Date(now().getTime() + 900_000)
      return broadcasts.has(number) ? { code: '123456', until } : undefined
    },
    async test(viewer, number) {
      note('test', viewer.id, number)
      return broadcasts.has(number) ? desk.chats : undefined
    },
    testers: async () => desk.testerChats,
    async forgetTester(viewer, chatId) {
      note('forgetTester', viewer.id, chatId)
      desk.testerChats = desk.testerChats.filter((one) => one.chatId !== chatId)
    },
    async recipientPage(viewer, number, { after, limit, state }) {
      note('recipientPage', viewer.id, number)
      const found = (desk.people.get(number) ?? [])
        .filter((person) => person.id > after && (state === undefined || person.state === state))
        .map((person) => lineOf(number, person))
      const lines = found.slice(0, limit)
      return { lines, next: found.length > limit ? lines.at(-1)?.id : undefined }
    },
    async *recipients(viewer, number) {
      note('recipients', viewer.id, number)
      const all = desk.people.get(number) ?? []
      for (let at = 0; at < all.length; at += 40)
        yield all.slice(at, at + 40).map((person) => lineOf(number, person))
    },
    async history(viewer, recipientId) {
      note('history', viewer.id, recipientId)
      const own = [...desk.people].flatMap(([number, people]) => people.map((person) => ({ number, person })))
      const asked = own.find(({ person }) => person.id === recipientId)
      if (asked === undefined) return undefined
      return own
        .filter(({ person }) => person.chat === asked.person.chat)
        .map(({ number, person }) => lineOf(number, person))
    },
    audiences: async () => saved,
    async saveAudience(viewer, name, audience) {
      note('saveAudience', viewer.id, name, audience)
      if (saved.some((one) => one.name === name)) return { type: 'name' }
      saved.push({ id: nextId++, name, audience })
      return done
    },
    async removeAudience(viewer, id) {
      note('removeAudience', viewer.id, id)
      saved.splice(0, saved.length, ...saved.filter((one) => one.id !== id))
    },
  }
  return desk
}

function isDone(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'type' in answer && answer.type === 'done'
}

function authorOf({ id, name }: Officer) {
  return { createdBy: name, editedBy: name, editedById: id, state: 'draft', version: 0 } as const
}

function editorOf({ id, name }: Officer) {
  return { editedBy: name, editedById: id, proposedAt: undefined, proposedBy: undefined }
}

function movesOf(viewer: Officer, broadcast: Broadcast, many: boolean): readonly BroadcastMove[] {
  const mayApprove = may(viewer, 'broadcast_approval') && broadcast.editedById !== viewer.id
  switch (broadcast.state) {
    case 'draft':
      return ['edit', many ? 'propose' : 'send', 'remove']
    case 'proposed':
      return [...(mayApprove ? (['approve', 'send_back'] as const) : []), 'edit', 'remove']
    case 'approved':
      return ['cancel']
    case 'sending':
      return [...(broadcast.phase === 'canary' ? (['go_on'] as const) : []), 'pause', 'cancel']
    case 'paused':
      return ['resume', 'cancel']
    default:
      return []
  }
}

function problemsOf(plan: BroadcastPlan, now: Date): readonly PlanProblem[] {
  const variables = [...plan.text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name)
  const unknown = variables.find((name) => name !== 'kelurahan')
  const { scheduledAt, expiresAt, audience } = plan
  const hour = 3_600_000
  const found: (PlanProblem | false)[] = [
    plan.title === '' && { at: 'title', what: 'missing' },
    plan.text === '' && { at: 'text', what: 'missing' },
    plan.text.length > 1500 && { at: 'text', what: 'too_long' },
    unknown !== undefined && { at: 'text', what: 'unknown_variable', detail: unknown },
    /\d{16}/.test(plan.text) && { at: 'text', what: 'private_number' },
    audience.topics.length === 0 && { at: 'audience.topics', what: 'missing' },
    audience.course?.states.length === 0 && { at: 'audience.course.states', what: 'missing' },
    scheduledAt !== undefined && scheduledAt <= now && { at: 'scheduledAt', what: 'in_the_past' },
    scheduledAt !== undefined &&
      [13, 14, 15, 16, 17, 18, 19, 20, 21, 22].includes(scheduledAt.getUTCHours()) && {
        at: 'scheduledAt',
        what: 'quiet_hours',
      },
    expiresAt !== undefined &&
      expiresAt.getTime() < (scheduledAt ?? now).getTime() + hour && { at: 'expiresAt', what: 'ends_before' },
    ...plan.buttons.flatMap(({ label, words }, at): (PlanProblem | false)[] => [
      label === '' && { at: `buttons.${at}.label`, what: 'missing' },
      words === '' && { at: `buttons.${at}.words`, what: 'missing' },
      words !== '' &&
        !opening.test(words) && { at: `buttons.${at}.words`, what: 'opens_nothing', detail: words },
    ]),
  ]
  return found.filter((one) => one !== false)
}

function previewOf({ text, buttons, media }: BroadcastPlan): readonly Preview[] {
  const lines = buttons.map(({ label, words }) => `${label}: ketik "${words}"`)
  const whole = [
    text.replaceAll(/\{\{\s*kelurahan\s*\}\}/g, 'Kota Kupang'),
    lines.join('\n'),
    'Tidak mau kabar lagi? Ketik berhenti.',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
  const parts = [{ text: whole, media: media?.id }]
  return [
    { channel: 'telegram', parts, buttons: buttons.map(({ label }) => label) },
    { channel: 'whatsapp', parts, buttons: [] },
  ]
}

function countOf(reach: number, now: Date): AudienceCount {
  const whatsapp = Math.floor(reach / 6)
  const sample = (channel: 'telegram' | 'whatsapp', at: number) => ({
    ...{ channel, masked: `••••${100 + at}`, kelurahan: at % 3 === 0 ? undefined : '53.71.01.1001' },
    ...{ topic: 'training/menjahit', subscribedAt: now, textVersion: '2026-12-1' },
  })
  const overBudget = Math.max(0, whatsapp - 60)
  return {
    reachable: reach,
    channels: [
      {
        channel: 'telegram',
        reachable: reach - whatsapp,
        overBudget: 0,
        days: 1,
        seconds: Math.ceil((reach - whatsapp) / 30),
      },
      {
        channel: 'whatsapp',
        reachable: whatsapp,
        overBudget,
        days: Math.max(1, Math.ceil(whatsapp / 60)),
        seconds: whatsapp * 20,
      },
    ],
    unreached: { opted_out: 12, not_subscribed: 340, no_channel: 25, blocked: 3, never_wrote: 0 },
    samples:
      reach < 5
        ? []
        : Array.from({ length: 10 }, (_, at) => sample(at % 4 === 0 ? 'whatsapp' : 'telegram', at)),
  }
}

function sampleBroadcast(number: number, now: Date): Broadcast {
  return {
    ...soundPlan,
    ...{ number, state: 'draft', phase: undefined, version: 0, createdAt: now },
    ...{ createdBy: 'Yosef Contoh', editedBy: 'Yosef Contoh', editedById: 'u-other' },
    ...{ proposedAt: undefined, proposedBy: undefined, approvedAt: undefined, approvedBy: undefined },
    ...{ startedAt: undefined, canaryUntil: undefined, pausedAt: undefined, pauseReason: undefined },
    ...{
      pausedBy: undefined,
      resumedAt: undefined,
      endsAt: undefined,
      endedAt: undefined,
      endedBy: undefined,
      audienceSize: undefined,
      batchId: undefined,
    },
  }
}
