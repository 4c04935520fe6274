import { randomInt } from 'node:crypto'
import { may, type Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import type { BroadcastDesk } from '../broadcast-desk.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import { composeMessage, composePost } from '../compose-message.ts'
import { noteDeed } from '../note-deed.ts'
import { hashOfCode } from '../test-code.ts'

const quarterMs = 900_000

/** How officers see a broadcast before it leaves. */
export function createTesting(
  room: BroadcastRoom,
): Pick<BroadcastDesk, 'testCode' | 'test' | 'testers' | 'forgetTester' | 'preview' | 'previewPosts'> {
  const { store, voice, words, audit, now } = room
  return {
    preview: (plan) => room.preview(composeMessage(plan, words(), { kelurahan: words().somewhere })),
    previewPosts: (plan) =>
      room
        .preview(composePost(plan, words(), room.links))
        .filter(({ channel }) => plan.posts.includes(channel)),
    async testCode(viewer, number) {
      if (!may(viewer, 'broadcasts')) return undefined
      return store.transact(async (transaction) => {
        const broadcast = await store.rows.lock(transaction, number)
        return broadcast === undefined ? undefined : giveCode(room, transaction, viewer, number)
      })
    },
    async testers(viewer) {
      if (!may(viewer, 'broadcasts')) return []
      return store.transact((transaction) => store.testers.list(transaction, viewer.id))
    },
    async forgetTester(viewer, chatId) {
      await store.transact(async (transaction) => {
        if (!(await store.testers.forget(transaction, viewer.id, chatId))) return
        const actor = { type: 'staff', id: viewer.id } as const
        await audit.record(transaction, { at: now(), actor, action: 'broadcast.tester_remove' })
      })
    },
    async test(viewer, number) {
      if (!may(viewer, 'broadcasts')) return undefined
      return store.transact(async (transaction) => {
        const broadcast = await store.rows.find(transaction, number)
        if (broadcast === undefined) return undefined
        const chats = await store.testers.chats(transaction, viewer.id, now())
        const message = composeMessage(broadcast, words(), { kelurahan: words().somewhere })
        for (const chatId of chats) await voice.show(transaction, chatId, message)
        for (const chatId of chats) await store.testers.remember(transaction, viewer.id, chatId, now())
        await noteDeed(room, transaction, viewer, {
          action: 'test',
          number,
          details: { chats: chats.length },
        })
        return chats.length
      })
    },
  }
}

/** Six digits that are no other broadcast's at the moment. */
async function giveCode(
  room: BroadcastRoom,
  transaction: Transaction,
  viewer: Officer,
  number: number,
): Promise<{ readonly code: string; readonly until: Date }> {
  const { store, secrets, now } = room
  const moment = now()
  for (;;) {
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    const testHash = hashOfCode(secrets, code)
    if (await store.testers.isTaken(transaction, testHash, number, moment)) continue
    const until = new Date(moment.getTime() + quarterMs)
    await store.rows.move(transaction, number, { testHash, testUntil: until, testById: viewer.id })
    await noteDeed(room, transaction, viewer, { action: 'test_code', number })
    return { code, until }
  }
}
