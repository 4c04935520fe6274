import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { BroadcastPlan, Source } from '../../src/broadcast/broadcast.ts'
import type { ChannelPace } from '../../src/broadcast/broadcast-deps.ts'
import type { BroadcastRoom } from '../../src/broadcast/broadcast-room.ts'
import type { BroadcastMessage, BroadcastVoice } from '../../src/broadcast/broadcast-voice.ts'
import { parseBroadcastWords } from '../../src/broadcast/broadcast-words.ts'
import { createBroadcastDesk } from '../../src/broadcast/desk/create-broadcast-desk.ts'
import { createGuardBroadcasts, createWarnBroadcasts } from '../../src/broadcast/sending/guard-broadcasts.ts'
import { createPrepareBroadcast } from '../../src/broadcast/sending/prepare-broadcast.ts'
import { createTendBroadcasts } from '../../src/broadcast/sending/tend-broadcasts.ts'
import { createBroadcastStore } from '../../src/broadcast/store.ts'
import type { Officer } from '../../src/staff/officer.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import type { Transaction } from '../../src/storage/database.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { language } from '../language/the-language.ts'
import { createTestDatabase } from '../support/test-database.ts'

/** Monday, 08.00 in Kupang. */
export const monday = new Date('2026-12-07T08:00:00+08:00')
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export const ina: Officer = { id: 'id-ina', name: 'Ina Kabar', roles: ['pelatihan', 'umkm'] }
export const oma: Officer = { id: 'id-oma', name: 'Oma Setuju', roles: ['penyetuju'] }
export const ama: Officer = { id: 'id-ama', name: 'Ama Setuju', roles: ['penyetuju'] }
export const guest: Officer = { id: 'id-tamu', name: 'Tamu', roles: ['penjawab'] }

/** A sound plan: everybody who wants to hear of sewing. */
export function planOf(change: Partial<BroadcastPlan> = {}): BroadcastPlan {
  return {
    ...{ title: 'Kelas menjahit', text: 'Kelas menjahit dibuka di {{kelurahan}}.', media: undefined },
    buttons: [{ label: 'Daftar', words: 'daftar 12' }],
    ...{ audience: audienceOf(), posts: [], source: undefined, scheduledAt: undefined, expiresAt: undefined },
    ...change,
  }
}

/** Whoever subscribed to sewing; all of them unless told otherwise. */
export function audienceOf(change: Partial<BroadcastPlan['audience']> = {}): BroadcastPlan['audience'] {
  return {
    ...{ topics: ['training/menjahit'], places: [], channels: [], without: { broadcasts: [] } },
    ...change,
  }
}

/** What of a person is to be so. */
export interface PersonTraits {
  readonly topics?: readonly string[]
  /** Of the words that they agreed to. */
  readonly textVersion?: string
  readonly channel?: string
  readonly kelurahan?: string
  readonly language?: string
  readonly stopped?: boolean
  readonly blocked?: boolean
  /** When they wrote last; null: never. */
  readonly wroteAt?: Date | null
}

/** The room on a database of its own, with a voice that writes into the outbox as the house's does, and a clock moved by hand. */
export async function openBroadcastWorld(settings: Partial<BroadcastRoom['settings']> = {}) {
  const database = await createTestDatabase()
  const { prisma } = database
  const keyring = createKeyring([newKeyEntry()])
  const clock = { now: monday }
  const shown: { chatId: bigint; message: BroadcastMessage }[] = []
  const told: { chatId: bigint; message: BroadcastMessage }[] = []
  const enqueued: number[] = []
  const kept: string[] = []
  const alarms: { kind: string; subject: string; details: Readonly<Record<string, string>> }[] = []
  const given: {
    addresses: string[]
    paces: ChannelPace[]
    draft: (source: Source) => BroadcastPlan | undefined
    withdrawn: readonly string[]
  } = {
    addresses: ['https://t.me/lopo_contoh_bot'],
    paces: [],
    draft: () => undefined,
    withdrawn: [],
  }
  const words = parseBroadcastWords(readFileSync('flows/content/siaran.yaml', 'utf8'))
  const voice = createFakeVoice({ shown, told, now: () => clock.now })
  const room: BroadcastRoom = {
    ...{ store: createBroadcastStore({ prisma }), voice, audit: createAuditTrail(), words: () => words },
    settings: {
      ...{ approvalAbove: 2, canary: 0, canaryMinutes: 10, mostStops: 0.03, mostFailures: 0.1 },
      ...settings,
    },
    paces: async () => given.paces,
    postChannels: ['telegram'],
    opens: (text) => /^(daftar \d+|pelatihan)$/.test(text),
    topics: () =>
      new Map([
        ['training', 'Semua'],
        ['training/menjahit', 'Menjahit'],
        ['umkm', 'UMKM'],
      ]),
    placeName: (code) =>
      language.places.byCode(code)?.name ?? (/^53\.71\.0[1-6]$/.test(code) ? 'kecamatan' : undefined),
    draftFrom: async (source) => given.draft(source),
    withdrawn: async () => given.withdrawn,
    preview: ({ text, buttons }) => [
      {
        channel: 'telegram',
        parts: [{ text, media: undefined }],
        buttons: buttons.map(({ label }) => label),
      },
    ],
    links: (text) =>
      given.addresses.map((url) => ({ label: 'Telegram', url: `${url}?start=${text.replaceAll(' ', '-')}` })),
    keepFile: async (_, id) => void kept.push(id),
    enqueue: async (_, number) => void enqueued.push(number),
    alarms: createFakeAlarms(alarms),
    secrets: { hash: (purpose, text) => keyring.hash('token', `${purpose}:${text}`) },
    now: () => clock.now,
  }
  const desk = createBroadcastDesk(room)

  /** Somebody who wants to hear of sewing on Telegram, unless told otherwise. */
  async function person(traits: PersonTraits = {}) {
    const { topics = ['training/menjahit'], channel = 'telegram', wroteAt = monday } = traits
    const contact = await prisma.contact.create({ data: {} })
    const chat = await prisma.chat.create({
      data: {
        ...{ contactId: contact.id, channel, account: 'main', externalId: randomUUID() },
        ...{ state: traits.blocked ? 'stopped' : 'active', lastMessageAt: wroteAt },
        language: traits.language ?? null,
      },
    })
    const here = { contactId: contact.id, chatId: chat.id }
    for (const topic of topics) {
      await prisma.subscription.create({
        data: { ...here, topic, textVersion: traits.textVersion ?? '2026-12-2', startedAt: monday },
      })
    }
    if (traits.stopped) await prisma.optOut.create({ data: { ...here, startedAt: monday } })
    if (traits.kelurahan !== undefined) {
      const { kelurahan } = traits
      const profile = { contactId: contact.id, kelurahan, textVersion: '1', changedAt: monday }
      await prisma.contactProfile.create({ data: profile })
    }
    return here
  }

  const draft = async (change: Partial<BroadcastPlan> = {}): Promise<number> => {
    const made = await desk.create(ina, planOf(change))
    if (made.type !== 'done') throw new Error(JSON.stringify(made))
    return made.number
  }
  const read = async (number: number) => {
    const found = await room.store.rows.find(prisma, number)
    if (found === undefined) throw new Error(`no broadcast ${number}`)
    return found
  }
  const tend = createTendBroadcasts(room)
  /** A broadcast that is being sent, with all messages made that may be. */
  async function sending(change: Partial<BroadcastPlan> = {}): Promise<number> {
    const number = await draft(change)
    const { version } = await read(number)
    const proposed = await desk.propose(ina, number, version)
    const approved = await desk.approve(proposed.type === 'done' ? oma : ina, number, version)
    if (approved.type !== 'done') throw new Error(JSON.stringify(approved))
    await tend(clock.now)
    await createPrepareBroadcast(room)(number)
    return number
  }
  return {
    ...{ database, prisma, clock, room, desk, given, shown, told, enqueued, kept, alarms, words },
    ...{ person, draft, read, sending, tend },
    people: async (count: number, traits: PersonTraits = {}) => {
      const made: Awaited<ReturnType<typeof person>>[] = []
      for (let at = 0; at < count; at += 1) made.push(await person(traits))
      return made
    },
    prepare: createPrepareBroadcast(room),
    guard: createGuardBroadcasts(room),
    warn: createWarnBroadcasts(room),
    recipients: (number: number) =>
      prisma.broadcastRecipient.findMany({ where: { broadcastId: BigInt(number) }, orderBy: { id: 'asc' } }),
    /** Has so many messages of a broadcast that wait settled, the first first. */
    settle: async (number: number, status: string, count = 1_000_000, failure: string | null = null) => {
      await database.pool.query(
        `UPDATE outbox_message SET status = $2, settled_at = $3, failure = $5 WHERE id IN (
           SELECT o.id FROM broadcast_recipient r JOIN outbox_message o ON o.id = r.outbox_id
           WHERE r.broadcast_id = $1 AND o.settled_at IS NULL ORDER BY o.id LIMIT $4)`,
        [number, status, clock.now, count, failure],
      )
    },
    trail: async (action: string) =>
      (await prisma.auditEntry.findMany({ where: { action }, orderBy: { id: 'asc' } })).map(
        ({ actorType, actorId, subject, details }) => ({ actorType, actorId, subject, details }),
      ),
    close: () => database.close(),
  }
}

export type BroadcastWorld = Awaited<ReturnType<typeof openBroadcastWorld>>

interface Heard {
  readonly shown: { chatId: bigint; message: BroadcastMessage }[]
  readonly told: { chatId: bigint; message: BroadcastMessage }[]
  readonly now: () => Date
}

/** Keeps those that are open in the list. */
function createFakeAlarms(
  open: { kind: string; subject: string; details: Readonly<Record<string, string>> }[],
): BroadcastRoom['alarms'] {
  const settle = (kind: string, subject: string) => {
    const left = open.filter((one) => one.kind !== kind || one.subject !== subject)
    open.splice(0, open.length, ...left)
  }
  return {
    async raise(_, kind, subject, details) {
      settle(kind, subject)
      open.push({ kind, subject, details })
    },
    settle: async (_, kind, subject) => settle(kind, subject),
  }
}

function createFakeVoice({ shown, told, now }: Heard): BroadcastVoice {
  const settle = (transaction: Transaction, id: bigint, reason: string) =>
    transaction.outboxMessage.updateMany({
      where: { batchId: id, settledAt: null, claimedAt: null },
      data: { status: 'suppressed', failure: reason, settledAt: now() },
    })
  const held = (transaction: Transaction, id: bigint, isHeld: boolean) =>
    transaction.outboxBatch.update({ where: { id }, data: { held: isHeld } })
  return {
    async createBatch(transaction, { topics, expiresAt }) {
      const data = { topics: [...topics], expiresAt: expiresAt ?? null, createdAt: now() }
      return (await transaction.outboxBatch.create({ data })).id
    },
    hold: async (transaction, id) => void (await held(transaction, id, true)),
    release: async (transaction, id) => void (await held(transaction, id, false)),
    async prolong(transaction, id, until) {
      await transaction.outboxBatch.update({ where: { id }, data: { expiresAt: until } })
    },
    drop: async (transaction, id, reason) => (await settle(transaction, id, reason)).count,
    async tellMany(transaction, batchId, messages) {
      const chats = messages.map(({ chatId }) => chatId)
      const alive = await transaction.chat.findMany({
        where: { id: { in: chats }, state: 'active' },
        select: { id: true, channel: true, account: true },
      })
      const rows = await transaction.outboxMessage.createManyAndReturn({
        data: alive.map(({ id, channel, account }) => ({
          ...{ chatId: id, body: new Uint8Array(), kind: 'broadcast', batchId },
          ...{ createdAt: now(), nextAttemptAt: now(), onAccount: `${channel} ${account}` },
        })),
        select: { id: true, chatId: true },
      })
      told.push(...messages)
      return new Map(rows.map(({ id, chatId }) => [chatId, id]))
    },
    show: async (_, chatId, message) => void shown.push({ chatId, message }),
  }
}
