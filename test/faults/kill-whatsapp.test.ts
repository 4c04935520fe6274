import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../support/whatsapp/person.ts'
import { openWhatsAppHouse, type WhatsAppHouse } from '../support/whatsapp-house.ts'

let house: WhatsAppHouse

beforeEach(async () => {
  house = await openWhatsAppHouse()
  await house.link()
})
afterEach(() => house.end())

const patience = 120_000

/** What the person heard after the first message, each id once. */
const heard = (person: Person) => person.inbox.map(({ text }) => text)

async function counts() {
  const { rows } = await house.database.pool.query(`SELECT
    (SELECT count(*) FROM inbox_message)::int AS received,
    (SELECT count(*) FROM inbox_message WHERE handled_at IS NOT NULL AND failure IS NULL)::int AS handled,
    (SELECT count(*) FROM outbox_message)::int AS said,
    (SELECT count(*) FROM outbox_message WHERE delivered_at IS NOT NULL)::int AS delivered`)
  return rows[0]
}

describe('a process killed with SIGKILL in a burst on WhatsApp', () => {
  it('loses no message of a thousand, doubles none, keeps the order, and answers each once', async () => {
    const people = Array.from({ length: 20 }, (_, index) => house.person(index + 1))
    const each = 50
    const numbers = Array.from({ length: each }, (_, number) => `tanya ${number}`)
    const ids = new Map<Person, string[]>(people.map((person) => [person, []]))
    const kills = 6
    const first = await house.start()
    for (const person of people) {
      void (async () => {
        for (const text of numbers) ids.get(person)!.push(await person.say(text))
      })()
    }
    let lopo = first
    for (let kill = 1; kill <= kills; kill += 1) {
      const reached = kill * 100
      await house.server.until(() => house.server.count('in', 'message') >= reached, 'more answers', patience)
      await lopo.end('SIGKILL')
      lopo = await house.start()
    }
    // Each message is answered by one: what was not understood is said to be so; the first also shows the notice and the menu.
    await house.server.until(() => house.account.outstanding() === 0, 'every message is confirmed', patience)
    await expect.poll(async () => (await counts()).handled, { timeout: patience }).toBe(people.length * each)
    await expect
      .poll(
        async () => {
          const { said, delivered } = await counts()
          return said - delivered
        },
        { timeout: patience },
      )
      .toBe(0)

    const { received, said } = await counts()
    expect(received).toBe(people.length * each)
    for (const person of people) {
      const { rows } = await house.database.pool.query(
        `SELECT i.external_id FROM inbox_message i JOIN chat c ON c.id = i.chat_id WHERE c.external_id = $1 ORDER BY i.id`,
        [person.lid],
      )
      expect(rows.map((row) => row.external_id)).toEqual(ids.get(person))
    }
    const shown = people.reduce((sum, person) => sum + person.inbox.length, 0)
    const stanzas = people.reduce((sum, person) => sum + person.arrivals.length, 0)
    expect(shown).toBe(said)
    process.stderr.write(
      `${kills} kills: ${received} in, none lost; ${shown} answers shown once each, ${stanzas - shown} stanzas repeated under the same id\n`,
    )
    expect(people.every((person) => heard(person).length > 0)).toBe(true)
    expect(house.server.errors).toEqual([])
    await lopo.end('SIGTERM')
  }, 300_000)
})
