import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTicketStore } from '../../src/inquiry/store.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { migrationNames, migrationsFolder } from '../../src/storage/migration-files.ts'
import { createTestDatabase } from '../support/test-database.ts'

const name = '20261127020000_tickets'
const sqlOf = (migration: string) => readFile(path.join(migrationsFolder, migration, 'migration.sql'), 'utf8')

describe('requests that were there before tickets', () => {
  it('keep their numbers, their words and their state', async () => {
    const database = await createTestDatabase('template0')
    const { pool, prisma } = database
    const names = await migrationNames()
    for (const before of names.filter((each) => each < name)) await pool.query(await sqlOf(before))
    const keyring = createKeyring([newKeyEntry()])
    const contact = '00000000-0000-4000-8000-000000000001'
    const insert = (topic: string, words: string[] | null, state = 'open', closedBy: string | null = null) =>
      pool.query(
        `INSERT INTO inquiry (contact_id, chat_id, topic, message, state, created_at, closed_at, closed_by)
         VALUES ($1, 7, $2, $3, $4, '2026-01-05T01:00:00Z', $5, $6)`,
        [
          contact,
          topic,
          words && keyring.seal(JSON.stringify(words)),
          state,
          state === 'closed' ? '2026-01-06T01:00:00Z' : null,
          closedBy,
        ],
      )
    for (const topic of ['umum', 'pengaduan', 'sanggah', 'hapus_data', 'terlambat'])
      await insert(topic, [topic, 'dan lagi'])
    await insert('umum', ['lama'], 'closed', 'budi')
    await insert('umum', null, 'closed', 'budi')
    for (const after of names.filter((each) => each >= name)) await pool.query(await sqlOf(after))

    const store = createTicketStore({ prisma, keyring })
    const tickets = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (number) => (await store.find(prisma, number))!),
    )
    expect(tickets.map(({ ticket }) => ticket.kind)).toEqual([
      'question',
      'complaint',
      'objection_other',
      'deletion',
      'late',
      'question',
    ])
    expect(tickets.map(({ ticket }) => ticket.anonymous)).toEqual([false, true, true, false, false, false])
    expect(tickets[0]).toMatchObject({
      ...{ contactId: contact, chatId: 7n },
      ticket: { number: 1, state: 'open', office: 'umum', promisedAt: new Date('2026-01-08T01:00:00Z') },
    })
    expect(tickets[5]?.ticket).toMatchObject({
      state: 'closed',
      closeReason: 'done',
      closedAt: new Date('2026-01-06T01:00:00Z'),
    })
    const entries = async (number: number) =>
      (await store.entries(prisma, number)).map(({ entry: { type, text, by, at } }) => ({
        type,
        text,
        by,
        at,
      }))
    expect(await entries(1)).toEqual([
      { type: 'resident', text: 'umum\ndan lagi', by: undefined, at: new Date('2026-01-05T01:00:00Z') },
    ])
    expect(await entries(6)).toMatchObject([{ text: 'lama' }, { type: 'event', text: 'closed', by: 'budi' }])
    expect(await entries(7)).toMatchObject([{ type: 'event', text: 'closed' }])
    const next = await pool.query(
      `INSERT INTO ticket (contact_id, chat_id, kind, office, promised_at) VALUES ($1, 7, 'question', 'umum', now()) RETURNING id`,
      [contact],
    )
    expect(next.rows).toEqual([{ id: '8' }])
    await database.close()
  }, 60_000)
})
