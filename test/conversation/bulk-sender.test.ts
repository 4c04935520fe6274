import { setTimeout as rest } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ReachableChannel, SendError, type SendErrorKind } from '../../src/channels/channel.ts'
import type { BulkNews } from '../../src/conversation/batches.ts'
import { createBulkSender } from '../../src/conversation/bulk-sender.ts'
import { createSettler } from '../../src/conversation/settle.ts'
import { createConversationStore } from '../../src/conversation/store.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import {
  createBulkChannel,
  createBulkWorld,
  doubtful,
  failed,
  queued,
  sent,
  suppressed,
} from './bulk-world.ts'
import { messageFrom, type Sent } from './fake-channel.ts'
import { openConversation } from './open-conversation.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

/** A conversation with a channel that takes many at once, and its broadcasts. */
function openBulk(
  send?: (sent: Sent) => Promise<void>,
  { atOnce = 10, ...more }: { atOnce?: number } & Parameters<typeof openConversation>[1] = {},
) {
  const channel = createBulkChannel(send, atOnce)
  const opened = openConversation(app, more)
  const world = createBulkWorld(app.storage.database, channel.account)
  const { conversation } = opened
  /** Tells so many people. */
  const tellPeople = async (count: number, batchId?: bigint) => {
    const people = await world.seat(count)
    await world.tell(conversation, people, batchId)
    return people
  }
  return { ...opened, channel, world, tellPeople }
}

/** A send that hangs until it is let go. */
function createGate() {
  const gate = Promise.withResolvers<void>()
  return { wait: () => gate.promise, open: () => gate.resolve() }
}

const store = () => createConversationStore(app.storage.database)

describe('createConversation, sending to many', () => {
  it('sends each its broadcast once, in few goes, and notes it', async () => {
    const { conversation, channel, world, tellPeople, sweepAfter } = openBulk()
    await tellPeople(25)
    conversation.attach(channel)
    await conversation.idle()
    expect(channel.sent.map(({ to }) => Number(to)).sort((one, other) => one - other)).toEqual([
      ...Array(25).keys(),
    ])
    expect(new Set(channel.sent.map(({ token }) => token)).size).toBe(25)
    expect(channel.sent[0]).toMatchObject({ text: 'Kabar.', purpose: 'broadcast' })
    await sweepAfter(3_600)
    expect(channel.sent).toHaveLength(25)
    expect(await world.states()).toEqual(Array(25).fill(sent))
  })

  it('has no more under way than the channel takes, and takes up more when half of the places are free', async () => {
    const gates = Array.from({ length: 12 }, createGate)
    let begun = 0
    const { conversation, channel, tellPeople } = openBulk(
      ({ to }) => {
        begun += 1
        return gates[Number(to)]!.wait()
      },
      { atOnce: 4 },
    )
    await tellPeople(12)
    conversation.attach(channel)
    await vi.waitFor(() => expect(begun).toBe(4))
    gates[0]!.open()
    await vi.waitFor(() => expect(channel.sent).toHaveLength(1))
    conversation.wakeBulk()
    await rest(30)
    expect(begun).toBe(4)
    gates[1]!.open()
    await vi.waitFor(() => expect(begun).toBe(6))
    for (const gate of gates) gate.open()
    await conversation.idle()
    expect(channel.sent).toHaveLength(12)
  })

  it.each([
    ['refused', failed('refused')],
    ['unknown', doubtful],
    ['restricted', failed('restricted')],
    ['stopped', failed('stopped')],
    [undefined, doubtful],
  ] as const)('settles for good what ends so: %s', async (kind, state) => {
    let tries = 0
    const { conversation, channel, world, tellPeople, sweepAfter } = openBulk(async () => {
      tries += 1
      throw kind === undefined ? new TypeError('x is not a function') : new SendError(kind)
    })
    await tellPeople(1)
    conversation.attach(channel)
    for (let sweep = 0; sweep < 3; sweep += 1) await sweepAfter(4_000)
    expect(tries).toBe(1)
    expect(await world.states()).toEqual([state])
  })

  it('stops the chat of whoever blocked the bot, and gives up all that waits there', async () => {
    const { conversation, channel, world, sweepAfter } = openBulk(
      async () => {
        throw new SendError('stopped')
      },
      { atOnce: 1 },
    )
    const [person] = await world.seat(1)
    for (const text of ['satu', 'dua', 'tiga']) await world.tell(conversation, [person!], undefined, text)
    conversation.attach(channel)
    await sweepAfter(1)
    expect(await world.states()).toEqual(Array(3).fill(failed('stopped')))
    expect(await conversation.isReachable(person!.chatId)).toBe(false)
  })

  it('gives back what was too fast, and has the whole account wait', async () => {
    let isFast = true
    let tries = 0
    const { conversation, channel, world, tellPeople, sweepAfter } = openBulk(
      async () => {
        tries += 1
        if (isFast) throw new SendError('too_fast', { retryAfter: 60 })
      },
      { atOnce: 2 },
    )
    await tellPeople(5)
    conversation.attach(channel)
    await conversation.idle()
    await sweepAfter(59)
    expect(tries).toBe(2)
    const back = { ...queued, failure: 'too_fast' }
    expect(await world.states()).toEqual([back, back, queued, queued, queued])
    isFast = false
    await sweepAfter(1)
    expect(channel.sent).toHaveLength(5)
    expect(await world.states()).toEqual(Array(5).fill(sent))
  })

  it('gives back what surely did not leave, and waits longer each time, up to a minute', async () => {
    let tries = 0
    let isDown = true
    const { conversation, channel, world, tellPeople, sweepAfter } = openBulk(async () => {
      tries += 1
      if (isDown) throw new SendError('unavailable')
    })
    const people = await tellPeople(3)
    conversation.attach(channel)
    await conversation.idle()
    const triesAfter = async (seconds: number) => {
      const before = tries
      await sweepAfter(seconds)
      return tries - before
    }
    expect(tries).toBe(3)
    expect([await triesAfter(0.5), await triesAfter(0.5)]).toEqual([0, 3])
    expect([await triesAfter(1), await triesAfter(1)]).toEqual([0, 3])
    for (const wait of [4, 8, 16, 32]) expect(await triesAfter(wait)).toBe(3)
    // The account waits a minute; what failed so often waits longer than the others.
    await world.tell(conversation, people.slice(0, 1))
    expect([await triesAfter(59), await triesAfter(1)]).toEqual([0, 1])
    isDown = false
    await sweepAfter(300)
    expect(await world.states()).toEqual(Array(4).fill(sent))
  })

  it('waits after each message of which nobody knows, so that not everybody is in doubt', async () => {
    let isBroken = true
    const { conversation, channel, world, tellPeople, sweepAfter } = openBulk(
      async () => {
        if (isBroken) throw new SendError('unknown')
      },
      { atOnce: 2 },
    )
    await tellPeople(7)
    conversation.attach(channel)
    await conversation.idle()
    const doubts = async () => (await world.states()).filter(({ status }) => status === 'unknown').length
    expect(await doubts()).toBe(2)
    await sweepAfter(0.5)
    expect(await doubts()).toBe(2)
    await sweepAfter(0.5)
    expect(await doubts()).toBe(4)
    isBroken = false
    await sweepAfter(2)
    expect((await world.states()).map(({ status }) => status)).toEqual([
      ...Array(4).fill('unknown'),
      ...Array(3).fill('sent'),
    ])
  })

  it('sends nothing while the channel is cut off, and all at once when it is reachable', async () => {
    let isReachable = true
    const listeners: (() => void)[] = []
    const { conversation, channel, world, tellPeople, sweepAfter } = openBulk(
      async () => {
        if (channel.sent.length < 2) return
        if (isReachable && channel.sent.length === 2) isReachable = false
        if (!isReachable) throw new SendError('unavailable')
      },
      { atOnce: 1 },
    )
    await tellPeople(4)
    const cutOff: ReachableChannel = {
      ...channel,
      isReachable: () => isReachable,
      onReachable: (listener) => void listeners.push(listener),
    }
    conversation.attach(cutOff)
    await sweepAfter(600)
    const back = { ...queued, failure: 'unavailable' }
    expect(await world.states()).toEqual([sent, sent, back, queued])
    isReachable = true
    channel.sent.push(channel.sent[0]!)
    for (const listener of listeners) listener()
    await conversation.idle()
    expect(await world.states()).toEqual(Array(4).fill(sent))
  })

  it('rests for an hour when the platform warned, and tells so at once', async () => {
    let tries = 0
    const { conversation, channel, world, tellPeople, sweepAfter } = openBulk(
      async () => {
        tries += 1
        if (tries <= 2) throw new SendError('restricted')
      },
      { atOnce: 2 },
    )
    const news: BulkNews[] = []
    conversation.onBulk((one) => void news.push(one))
    await tellPeople(3)
    conversation.attach(channel)
    await conversation.idle()
    await sweepAfter(3_599)
    expect(tries).toBe(2)
    expect(news).toEqual([
      { type: 'warned', channel: 'whatsapp', account: channel.account, kind: 'restricted' },
    ])
    await sweepAfter(1)
    expect(await world.states()).toEqual([failed('restricted'), failed('restricted'), sent])
  })

  it('gives up what cannot be opened', async () => {
    const { conversation, channel, world, tellPeople } = openBulk()
    const [person] = await tellPeople(1)
    await app.storage.database.pool.query("UPDATE outbox_message SET body = 'rusak' WHERE chat_id = $1", [
      person!.chatId,
    ])
    conversation.attach(channel)
    await conversation.idle()
    expect(await world.states()).toEqual([failed('unreadable')])
    expect(channel.sent).toEqual([])
  })

  it('lets STOP take effect on what is queued already', async () => {
    const gate = createGate()
    const { conversation, channel, world, tellPeople } = openBulk(gate.wait, { atOnce: 1 })
    const people = await tellPeople(3)
    conversation.attach(channel)
    await vi.waitFor(async () => expect((await world.states())[0]?.status).toBe('unknown'))
    await world.stop(people[1]!)
    gate.open()
    await conversation.idle()
    expect(channel.sent.map(({ to }) => to)).toEqual(['0', '2'])
    expect((await world.states())[1]).toEqual(suppressed('stopped_by_person'))
  })

  it('takes up nothing in the quiet hours, and goes on after them', async () => {
    let quiet = true
    const { conversation, channel, tellPeople, sweepAfter } = openBulk(undefined, { isQuiet: () => quiet })
    await tellPeople(2)
    conversation.attach(channel)
    await sweepAfter(60)
    expect(channel.sent).toEqual([])
    quiet = false
    await sweepAfter(60)
    expect(channel.sent).toHaveLength(2)
  })

  it('answers a resident while thousands wait', async () => {
    const gate = createGate()
    const { conversation, channel, world, hear, tellPeople } = openBulk(({ purpose }) =>
      purpose === 'broadcast' ? gate.wait() : Promise.resolve(),
    )
    const people = await tellPeople(5_000)
    conversation.attach(channel)
    await vi.waitFor(async () =>
      expect((await world.states()).filter(({ status }) => status === 'unknown')).toHaveLength(10),
    )
    const answered = new Promise<void>((resolve) => conversation.onTurn(() => resolve()))
    await conversation.receive(messageFrom(channel, 'menu', { id: people[4_000]!.id }))
    await answered
    await vi.waitFor(() => expect(channel.sent.map(({ to }) => to)).toEqual(['4000', '4000']))
    expect(channel.sent.map(({ purpose }) => purpose)).toEqual(['reply', 'reply'])
    const left = conversation.detach(channel)
    gate.open()
    await left
    await hear(channel, 'menu')
    expect((await world.states()).filter(({ status }) => status === 'queued').length).toBeGreaterThan(4_980)
  })

  it('leaves a channel once what is under way is sent and noted, and takes up nothing more', async () => {
    const gate = createGate()
    let begun = 0
    const { conversation, channel, world, tellPeople, sweepAfter } = openBulk(
      () => {
        begun += 1
        return gate.wait()
      },
      { atOnce: 2 },
    )
    await tellPeople(4)
    conversation.attach(channel)
    await vi.waitFor(() => expect(begun).toBe(2))
    const left = conversation.detach(channel)
    gate.open()
    await left
    expect(await world.states()).toEqual([sent, sent, queued, queued])
    await sweepAfter(60)
    expect(begun).toBe(2)
    conversation.attach(channel)
    await sweepAfter(60)
    expect(await world.states()).toEqual(Array(4).fill(sent))
  })

  it('gives back what was taken up while the channel was left', async () => {
    const gate = createGate()
    const reached = createGate()
    const own = store()
    const { conversation, channel, world, tellPeople } = openBulk(undefined, {
      store: {
        async claimBulk(...given) {
          const claim = await own.claimBulk(...given)
          reached.open()
          await gate.wait()
          return claim
        },
      },
    })
    await tellPeople(2)
    conversation.attach(channel)
    await reached.wait()
    const left = conversation.detach(channel)
    gate.open()
    await left
    expect(channel.sent).toEqual([])
    expect(await world.states()).toEqual(Array(2).fill({ ...queued, failure: 'unavailable' }))
  })

  it('leaves as unknown what a process took up that died, and sends the rest', async () => {
    const { clock, conversation, channel, world, tellPeople } = openBulk()
    await tellPeople(5)
    const account = { channel: channel.name, account: channel.account }
    await store().claimBulk(account, { places: 2, look: 2 }, clock.now)
    conversation.attach(channel)
    await conversation.idle()
    expect(channel.sent.map(({ to }) => to)).toEqual(['2', '3', '4'])
    expect(await world.states()).toEqual([doubtful, doubtful, sent, sent, sent])
  })

  it('finds later what a process took up that was slow to die, and not what is under way here', async () => {
    const gate = createGate()
    const { clock, conversation, channel, world, tellPeople } = openBulk(gate.wait, { atOnce: 2 })
    const people = await tellPeople(2)
    conversation.attach(channel)
    await vi.waitFor(async () =>
      expect((await world.states()).map(({ status }) => status)).toEqual(['unknown', 'unknown']),
    )
    await world.tell(conversation, people.slice(0, 1))
    const account = { channel: channel.name, account: channel.account }
    await store().claimBulk(account, { places: 1, look: 1 }, clock.now)
    clock.now = new Date(clock.now.getTime() + 30_000)
    gate.open()
    await conversation.idle()
    conversation.wakeBulk()
    await conversation.idle()
    expect(await world.states()).toEqual([sent, sent, doubtful])
  })

  it('takes up nothing before it knows what others left', async () => {
    let isBroken = true
    const own = store()
    const { clock, conversation, channel, world, tellPeople, sweepAfter } = openBulk(undefined, {
      store: {
        takeOverBulk: (...given) =>
          isBroken ? Promise.reject(new Error('no connection')) : own.takeOverBulk(...given),
      },
    })
    await tellPeople(2)
    const account = { channel: channel.name, account: channel.account }
    await own.claimBulk(account, { places: 1, look: 1 }, clock.now)
    conversation.attach(channel)
    await sweepAfter(10)
    expect(channel.sent).toEqual([])
    isBroken = false
    await sweepAfter(10)
    expect(await world.states()).toEqual([doubtful, sent])
  })

  it('never sends again what could not be given back', async () => {
    let tries = 0
    const { conversation, channel, world, tellPeople, sweepAfter } = openBulk(
      async () => {
        tries += 1
        throw new SendError('too_fast', { retryAfter: 1 })
      },
      { store: { giveBackBulk: () => Promise.reject(new Error('no connection')) } },
    )
    await tellPeople(1)
    conversation.attach(channel)
    for (let sweep = 0; sweep < 3; sweep += 1) await sweepAfter(60)
    expect(tries).toBe(1)
    expect(await world.states()).toEqual([doubtful])
  })

  it('sends each once when two processes send on one account', async () => {
    const one = openBulk()
    const other = openConversation(app)
    await one.tellPeople(300)
    for (const { conversation } of [one, other]) conversation.attach(one.channel)
    await Promise.all([one.conversation.idle(), other.conversation.idle()])
    const told = one.channel.sent.map(({ to }) => to)
    expect(told).toHaveLength(300)
    expect(new Set(told).size).toBe(300)
    for (const { status } of await one.world.states()) expect(['sent', 'unknown']).toContain(status)
  })

  it('tells which batches were settled once they are, at most once a second, whoever fails to hear it', async () => {
    const { conversation, channel, world, tellPeople } = openBulk()
    const batchId = await world.batch(conversation)
    const heard: { news: BulkNews; states: string[] }[] = []
    conversation.onBulk(() => {
      throw new Error('on purpose')
    })
    conversation.onBulk(() => Promise.reject(new Error('on purpose')))
    conversation.onBulk(async (news) => {
      heard.push({ news, states: (await world.states()).map(({ status }) => status) })
    })
    const people = await tellPeople(30, batchId)
    await world.tell(conversation, people.slice(0, 1))
    conversation.attach(channel)
    await conversation.idle()
    expect(heard).toEqual([])
    await vi.waitFor(() => expect(heard).toHaveLength(1), 3_000)
    expect(heard[0]).toEqual({
      news: { type: 'settled', batchIds: [batchId] },
      states: Array(31).fill('sent'),
    })
    await world.stop(people[1]!)
    await world.tell(conversation, people.slice(1, 2), batchId)
    await conversation.sweep()
    await conversation.idle()
    await conversation.detach(channel)
    await vi.waitFor(() => expect(heard).toHaveLength(2))
    expect(heard[1]?.states.at(-1)).toBe('suppressed')
  })

  it('notes that a broadcast arrived that was in doubt', async () => {
    const { clock, conversation, channel, world, tellPeople } = openBulk(async () => {
      throw new SendError('unknown')
    })
    await tellPeople(1)
    conversation.attach(channel)
    await conversation.idle()
    expect(await world.states()).toEqual([doubtful])
    const { rows } = await app.storage.database.pool.query(
      'SELECT o.token FROM outbox_message o JOIN chat c ON c.id = o.chat_id WHERE c.account = $1',
      [channel.account],
    )
    const account = { channel: channel.name, account: channel.account }
    const news = [{ token: String(rows[0]?.token), state: 'delivered', at: clock.now }] as const
    await store().noteProgress(account, news, clock.now)
    expect(await world.states()).toEqual([sent])
  })

  it('shows as said what is being sent, and not what waits or was suppressed', async () => {
    const kinds: (SendErrorKind | undefined)[] = [undefined, 'too_fast']
    const { conversation, channel, world } = openBulk(
      async () => {
        const kind = kinds.shift()
        if (kind !== undefined) throw new SendError(kind, { retryAfter: 600 })
      },
      { atOnce: 1 },
    )
    const [person] = await world.seat(1)
    const over = await world.batch(conversation, { topics: ['jahit'] })
    await world.tell(conversation, [person!], undefined, 'satu')
    await world.tell(conversation, [person!], over, 'dua')
    await world.tell(conversation, [person!], undefined, 'tiga')
    conversation.attach(channel)
    await conversation.idle()
    expect((await world.states()).map(({ status }) => status)).toEqual(['sent', 'suppressed', 'queued'])
    expect((await conversation.lines(person!.chatId, 10)).map(({ text }) => text)).toEqual(['satu'])
  })
})

describe('createBulkSender', () => {
  it('leaves a channel that hangs', async () => {
    const { clock, channel, world, conversation } = openBulk(() => new Promise<never>(() => undefined))
    await world.tell(conversation, await world.seat(1))
    const settler = createSettler({ store: store(), now: () => clock.now, onError: () => undefined })
    const sender = createBulkSender({
      ...{ store: store(), settler, sealer: app.storage.keyring, log: app.log },
      now: () => clock.now,
      patienceMs: 1,
    })
    sender.attach(channel)
    await vi.waitFor(async () => expect((await world.states())[0]?.status).toBe('unknown'))
    await sender.leave(channel)
    await sender.idle()
    expect(await world.states()).toEqual([{ status: 'unknown', failure: null, open: true }])
  })

  it('sends nothing on a channel that takes one at a time', async () => {
    const { conversation, channel, world, tellPeople, sweepAfter } = openBulk()
    const { bulk: _, ...plain } = channel
    await tellPeople(1)
    conversation.attach(plain)
    await sweepAfter(60)
    expect(await world.states()).toEqual([queued])
  })
})
