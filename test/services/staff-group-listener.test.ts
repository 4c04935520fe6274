import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { GroupMessage } from '../../src/channels/telegram-staff-message.ts'
import type { Done } from '../../src/inquiry/ticket-desk.ts'
import { createLogger } from '../../src/log.ts'
import { createGroupListener } from '../../src/services/staff-group/listener.ts'
import { parseGroupTexts } from '../../src/services/staff-group/texts.ts'
import { createMemoryTicketTopics } from '../support/memory-ticket-topics.ts'

const texts = parseGroupTexts(readFileSync('flows/content/grup.yaml', 'utf8'))

/** A listener to a group where ticket 12 has the topic 5; `answer` is what the desk says. */
async function createListening(answer: () => Promise<Done>) {
  const topics = createMemoryTicketTopics(() => [])
  await topics.place(12, { threadId: 5 })
  const said: string[] = []
  const never = async (): Promise<never> => {
    throw new Error('not part of the test')
  }
  const listener = createGroupListener({
    ...{ topics, texts, group: -100, now: () => new Date(), log: createLogger('silent') },
    desk: {
      ...{ note: never, claim: never, release: never, askSolved: never },
      ...{ close: never, reopen: never, handBack: never, answer, read: async () => undefined },
    },
    answers: {
      say: (_, text) => void said.push(text),
      accept: () => void said.push('accepted'),
      idle: async () => undefined,
    },
    officerOf: () => ({ id: 'telegram:1', name: 'Budi · grup', roles: ['admin'] }),
    officeName: (code) => code,
    deskUrl: () => undefined,
  })
  return { listener, said }
}

const message: GroupMessage = {
  ...{ chatId: -100, messageId: 9, topic: 5, repliesTo: undefined, isEdit: false },
  author: { type: 'member', id: '7', name: 'Budi' },
  content: { type: 'text', text: 'Baik.' },
}
const news = { type: 'message', message } as const

describe('createGroupListener', () => {
  it('asks to be told once more of what failed, and says so after eight times', async () => {
    const { listener, said } = await createListening(async () => {
      throw new Error('the database is away')
    })
    for (let tries = 1; tries < 8; tries += 1) await expect(listener.hear(news)).rejects.toThrow('away')
    expect(said).toEqual([])
    await listener.hear(news)
    expect(said).toEqual([texts.other.failed])
  })

  it('does what failed for a while', async () => {
    let failures = 3
    const { listener, said } = await createListening(async () => {
      failures -= 1
      if (failures >= 0) throw new Error('the database is away')
      return { type: 'done' }
    })
    for (let tries = 0; tries < 3; tries += 1) await expect(listener.hear(news)).rejects.toThrow('away')
    await listener.hear(news)
    expect(said).toEqual(['accepted'])
  })

  it('sends a message whose edit came before it, and does nothing for it twice', async () => {
    let sent = 0
    const { listener, said } = await createListening(async () => {
      sent += 1
      return { type: 'done' }
    })
    await listener.hear({ ...news, message: { ...message, isEdit: true } })
    await listener.hear(news)
    await listener.hear(news)
    expect(sent).toBe(1)
    expect(said).toEqual([texts.other.edited, 'accepted', 'accepted'])
  })

  it('takes nothing from an admin who hides their name', async () => {
    const { listener, said } = await createListening(async () => ({ type: 'done' }))
    const hidden = { ...message, author: { type: 'anonymous' } } as const
    await listener.hear({ type: 'message', message: hidden })
    await listener.hear({
      type: 'message',
      message: { ...hidden, messageId: 10, content: { type: 'command', name: 'ambil', rest: '' } },
    })
    expect(said).toEqual([texts.other.anonymous, texts.other.anonymous])
  })

  it.each([
    [{ type: 'unreachable' }, texts.refused.unreachable],
    [{ type: 'over' }, texts.refused.over],
    [{ type: 'unknown' }, texts.refused.unknown],
    [{ type: 'unreadable', why: 'too_long' }, texts.refused.too_long],
  ] as const)('says why %j', async (done, text) => {
    const { listener, said } = await createListening(async () => done)
    await listener.hear(news)
    expect(said).toEqual([text])
  })

  it('watches its own group, also under the id that it got later', async () => {
    const { listener } = await createListening(async () => ({ type: 'done' }))
    expect(await listener.isWatched(-100)).toBe(true)
    expect(await listener.isWatched(-300)).toBe(false)
    await listener.hear({ type: 'moved', from: -100, to: -300 })
    expect([await listener.isWatched(-300), await listener.isWatched(-100)]).toEqual([true, true])
  })
})
