import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuditTrail } from '../../src/staff/store.ts'
import { readTrail, type TrailFilter } from '../../src/staff/trail/read-trail.ts'
import { readTrailCsv } from '../../src/staff/trail/read-trail-csv.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase
const at = (day: number) => new Date(Date.UTC(2026, 10, day))
beforeAll(async () => {
  database = await createTestDatabase()
  const audit = createAuditTrail()
  const entries = [
    {
      at: at(1),
      actor: { type: 'staff', id: 'Oma' },
      action: 'resident.read',
      subject: 's1',
      details: { ticket: 7 },
    },
    { at: at(2), actor: { type: 'staff', id: 'Opa' }, action: 'settings.code_word' },
    {
      at: at(3),
      actor: { type: 'resident', id: 'r1' },
      action: 'assistance.check',
      subject: 's1',
      outcome: 'found',
    },
    {
      at: at(4),
      actor: { type: 'staff', id: '=1+1' },
      action: 'settings.codeXword',
      details: { why: '@cmd, "now"' },
    },
  ] as const
  await database.prisma.$transaction(async (transaction) => {
    for (const entry of entries) await audit.record(transaction, entry)
  })
})
afterAll(() => database.close())

const daysOf = async (filter: TrailFilter) =>
  (await readTrail(database.prisma, filter)).entries.map((entry) => entry.at.getUTCDate())

describe('readTrail', () => {
  it.each<[TrailFilter, number[]]>([
    [{}, [4, 3, 2, 1]],
    [{ from: at(2), to: at(4) }, [3, 2]],
    [{ from: at(3) }, [4, 3]],
    [{ actor: 'Oma' }, [1]],
    [{ action: 'settings.' }, [4, 2]],
    [{ action: 'settings.code_word' }, [2]],
    [{ action: '%' }, []],
    [{ subject: 's1' }, [3, 1]],
    [{ subject: 's1', actor: 'Oma', to: at(2) }, [1]],
  ])('lets through what %j says, newest first', async (filter, days) => {
    expect(await daysOf(filter)).toEqual(days)
  })

  it('gives pages that follow each other', async () => {
    const first = await readTrail(database.prisma, {}, { limit: 3 })
    expect(first.entries).toHaveLength(3)
    expect(first.entries[1]).toMatchObject({
      actor: { type: 'resident', id: 'r1' },
      outcome: 'found',
      details: {},
    })
    const second = await readTrail(database.prisma, {}, { before: first.next, limit: 3 })
    expect(second).toMatchObject({
      entries: [{ action: 'resident.read', details: { ticket: 7 } }],
      next: undefined,
    })
    expect((await readTrail(database.prisma, {}, { limit: 4 })).next).toBeUndefined()
  })
})

describe('readTrailCsv', () => {
  it('writes every entry, and no formula', async () => {
    let text = ''
    for await (const part of readTrailCsv(database.prisma, { from: at(3) })) text += part
    expect(text.split('\r\n')).toEqual([
      '\uFEFFid,at,actor_type,actor,action,subject,outcome,details',
      `4,2026-11-04T00:00:00.000Z,staff,'=1+1,settings.codeXword,,,"{""why"":""@cmd, \\""now\\""""}"`,
      '3,2026-11-03T00:00:00.000Z,resident,r1,assistance.check,s1,found,',
      '',
    ])
  })
})
