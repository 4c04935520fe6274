import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInquiryActions } from '../../src/inquiry/actions.ts'
import type { NewInquiry } from '../../src/inquiry/store.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

const context = { contactId: 'c', chatId: '1', channel: 'terminal', now: new Date('2026-01-05T01:00:00Z') }
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
}, 60_000)
afterAll(() => database.close())

/** The action over a store that only keeps what it is given. */
function whatIsKept() {
  const kept: NewInquiry[] = []
  const never = () => Promise.reject(new Error('not asked for'))
  const { request_person, note_late_message } = createInquiryActions({
    store: {
      open: async (_, inquiry) => {
        kept.push(inquiry)
        return { number: kept.length, opened: kept.length === 1 }
      },
      list: never,
      find: never,
      close: never,
    },
    audit: { record: async () => undefined },
    content: () => new Map(),
  })
  const ask = (message: string) =>
    database.prisma.$transaction((transaction) =>
      request_person.run({ topic: 'umum', message }, { ...context, transaction }),
    )
  const note = (message: string, written_at: string) =>
    database.prisma.$transaction((transaction) =>
      note_late_message.run({ message, written_at }, { ...context, transaction }),
    )
  return { kept, ask, note }
}

describe('request_person', () => {
  it('keeps neither a NIK nor a claim code of what was written', async () => {
    const { kept, ask } = whatIsKept()
    await ask('kode saya 3C4A-CTHE, NIK 5399015708800011')
    expect(kept[0]?.message).toBe('kode saya #, NIK #')
  })

  it('tells an addition from a new request', async () => {
    const { ask } = whatIsKept()
    expect(await ask('satu')).toMatchObject({ outcome: 'opened', values: { number: 1 } })
    expect(await ask('dua')).toMatchObject({ outcome: 'added' })
  })
})

describe('note_late_message', () => {
  it('keeps when the message was written in Kupang, and neither a NIK nor a claim code', async () => {
    const { kept, note } = whatIsKept()
    const written = '2026-01-02T16:05:00.000Z'
    expect(await note('kode saya 3C4A-CTHE, NIK 5399015708800011', written)).toMatchObject({
      outcome: 'opened',
    })
    expect(kept[0]).toMatchObject({
      topic: 'terlambat',
      message: 'Sabtu, 3 Januari 2026 pukul 00.05 WITA: kode saya #, NIK #',
    })
  })

  it('tells an addition from a new note, and refuses what is no time', async () => {
    const { note } = whatIsKept()
    await note('satu', '2026-01-02T16:05:00.000Z')
    expect(await note('dua', '2026-01-02T16:06:00.000Z')).toMatchObject({ outcome: 'added' })
    await expect(note('tiga', 'kemarin')).rejects.toThrow()
  })
})
