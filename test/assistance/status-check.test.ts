import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Asker } from '../../src/assistance/check-answer.ts'
import { createIssueClaimCode, createRevokeClaimCode, newClaimCode } from '../../src/assistance/claim-code.ts'
import type { Transaction } from '../../src/assistance/store.ts'
import { createClaimCodeStore } from '../../src/assistance/store-claim-code.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import {
  type AssistanceWorld,
  createAssistanceWorld,
  recipient,
  recorded,
  relative,
  type TestPerson,
} from '../support/assistance-world.ts'

let world: AssistanceWorld
beforeAll(async () => {
  world = await createAssistanceWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.database.owner.query(
    'TRUNCATE assistance_list, active_list, claim_code, check_attempt, alarm CASCADE',
  )
  world.now = new Date('2026-03-05T02:00:00Z')
  await world.load([recipient, relative, recorded])
})

const by = { type: 'staff', id: 'petugas' } as const
const codes: Readonly<Record<string, string>> = { 'OESAPA BARAT': '53.71.03.1014', AIRNONA: '53.71.05.1003' }
const detailsOf = ({ birthDate, kelurahan, nik }: TestPerson) => ({
  birthDate,
  kelurahan: codes[kelurahan]!,
  nikTail: nik.slice(-4),
})
const nobody = { birthDate: '1999-09-09', kelurahan: '53.71.03.1014', nikTail: '9999' }
const newAsker = async (): Promise<Asker> => ({ ...(await world.newChat()), now: world.now })

const byDetails = (asker: Asker, details = nobody, options = {}) =>
  world.run((transaction) =>
    world.check(options).checkByDetails(transaction, { ...asker, now: world.now }, details),
  )
const byCode = (asker: Asker, code: string) =>
  world.run((transaction) => world.check().checkByCode(transaction, { ...asker, now: world.now }, code))
const byNik = (asker: Asker, nik: string, birthDate: string) =>
  world.run((transaction) => world.check().checkByNik(transaction, asker, { nik, birthDate }))

function issue(nik: string, days = 180) {
  const deps = { store: createClaimCodeStore(), audit: createAuditTrail(), secrets: world.keyring, days }
  return world.run(async (transaction) => {
    const household = { nik }
    const outcome = await createIssueClaimCode(deps)(transaction, {
      kind: 'p3ke',
      household,
      by,
      now: world.now,
    })
    if (outcome.type !== 'issued') throw new Error(outcome.type)
    return outcome.code
  })
}

describe('checkByDetails', () => {
  it('answers with a masked name, the programmes that the list can speak of, and the list', async () => {
    expect(await byDetails(await newAsker(), detailsOf(recipient))).toEqual({
      outcome: 'recipient',
      found: {
        nameMasked: 'W***A C****H S**U',
        list: 'P3KE contoh',
        asOf: '2026-02-01',
        period: '',
        programmes: [
          { name: 'PKH', title: 'Program Keluarga Harapan', answer: 'YA' },
          { name: 'Sembako', title: 'Bantuan Sembako', answer: 'TIDAK' },
        ],
        members: [{ nameMasked: 'W***A C****H S**U', programmes: 'PKH' }],
      },
    })
  })

  it('tells who is recorded without receiving anything', async () => {
    expect((await byDetails(await newAsker(), detailsOf(recorded))).outcome).toBe('recorded')
  })

  it('says the same of nobody, of a mismatch, and of details that fit two', async () => {
    const twin = {
      ...recorded,
      nik: recorded.nik.replace('5399020101', '5399014101'),
      name: 'WARGA CONTOH LAIN',
    }
    await world.load([recipient, recorded, twin])
    const answers = [
      await byDetails(await newAsker()),
      await byDetails(await newAsker(), { ...detailsOf(recipient), nikTail: '0009' }),
      await byDetails(await newAsker(), detailsOf(recorded)),
    ]
    const notFound = { outcome: 'not_found', lists: { list: 'P3KE contoh', asOf: '2026-02-01' } }
    expect(answers).toEqual([notFound, notFound, notFound])
  })

  it('marks what an old list says', async () => {
    const options = { staleAfterDays: 10 }
    expect((await byDetails(await newAsker(), detailsOf(recipient), options)).outcome).toBe('recipient_stale')
    expect((await byDetails(await newAsker(), detailsOf(recorded), options)).outcome).toBe('recorded_stale')
  })

  it('says so when no list is loaded', async () => {
    await world.database.pool.query('DELETE FROM active_list')
    expect(await byDetails(await newAsker())).toEqual({ outcome: 'not_loaded' })
  })

  it('names the list that an answer comes from, the newest that has the person', async () => {
    await world.load([recorded], {
      kind: 'dtsen',
      title: 'DTSEN',
      asOf: '2026-03-01',
      period: 'Triwulan I 2026',
    })
    const answer = await byDetails(await newAsker(), detailsOf(recorded))
    expect(answer).toMatchObject({ found: { list: 'DTSEN', period: 'Triwulan I 2026' } })
    expect(await byDetails(await newAsker(), detailsOf(recipient))).toMatchObject({
      found: { list: 'P3KE contoh' },
    })
  })
})

describe('checkByNik', () => {
  it('wants NIK and birth date to agree', async () => {
    expect((await byNik(await newAsker(), recipient.nik, recipient.birthDate)).outcome).toBe('recipient')
    expect((await byNik(await newAsker(), recipient.nik, '1980-08-18')).outcome).toBe('not_found')
    expect((await byNik(await newAsker(), '5399011708800099', recipient.birthDate)).outcome).toBe('not_found')
  })

  it('finds any person of a list, and nobody else', async () => {
    const serial = fc.integer({ min: 1, max: 9999 })
    const born = fc.date({ min: new Date('1930-01-01'), max: new Date('1999-12-31'), noInvalidDate: true })
    const persons = new Map<string, TestPerson>()
    for (const [date, number, woman] of fc.sample(fc.tuple(born, serial, fc.boolean()), 40)) {
      const birthDate = date.toISOString().slice(0, 10)
      const [year = '', month = '', day = ''] = birthDate.split('-')
      const nik = `539901${String(Number(day) + (woman ? 40 : 0)).padStart(2, '0')}${month}${year.slice(2)}${String(number).padStart(4, '0')}`
      persons.set(nik, { ...recorded, nik, birthDate, household: nik })
    }
    await world.load([...persons.values()])
    for (const { nik, birthDate } of persons.values()) {
      expect((await byNik(await newAsker(), nik, birthDate)).outcome).toBe('recorded')
      const other = `${nik.slice(0, 12)}${String((Number(nik.slice(12)) % 9999) + 1).padStart(4, '0')}`
      if (!persons.has(other))
        expect((await byNik(await newAsker(), other, birthDate)).outcome).toBe('not_found')
    }
  })
})

describe('checkByCode', () => {
  it('answers for the whole household', async () => {
    const answer = await byCode(await newAsker(), await issue(relative.nik))
    expect(answer).toMatchObject({
      outcome: 'recipient',
      found: {
        programmes: [{ answer: 'YA' }, { answer: 'YA' }],
        members: [
          { nameMasked: 'W***A C****H S**U', programmes: 'PKH' },
          { nameMasked: 'W***A C****H D*A', programmes: 'PKH, Sembako' },
        ],
      },
    })
  })

  it('says the same of an unknown, an expired and a revoked code', async () => {
    const [expired, revoked] = [await issue(recipient.nik, 1), await issue(recorded.nik)]
    const deps = { store: createClaimCodeStore(), audit: createAuditTrail(), secrets: world.keyring }
    const revoke = createRevokeClaimCode(deps)
    expect(await world.run((transaction) => revoke(transaction, { code: revoked, by, now: world.now }))).toBe(
      true,
    )
    expect(await world.run((transaction) => revoke(transaction, { code: revoked, by, now: world.now }))).toBe(
      false,
    )
    world.now = new Date(world.now.getTime() + 2 * 86_400_000)
    const answers = [
      await byCode(await newAsker(), newClaimCode()),
      await byCode(await newAsker(), expired),
      await byCode(await newAsker(), revoked),
    ]
    const notFound = { outcome: 'not_found', lists: { list: 'P3KE contoh', asOf: '2026-02-01' } }
    expect(answers).toEqual([notFound, notFound, notFound])
  })

  it('is good no more once the household has a new one', async () => {
    const [lost, other] = [await issue(recorded.nik), await issue(recipient.nik)]
    const fresh = await issue(recorded.nik)
    expect((await byCode(await newAsker(), lost)).outcome).toBe('not_found')
    expect((await byCode(await newAsker(), fresh)).outcome).toBe('recorded')
    expect((await byCode(await newAsker(), other)).outcome).toBe('recipient')
  })

  it('outlives a new version of the list', async () => {
    const code = await issue(recorded.nik)
    await world.load([recorded, { ...recipient, nik: '5399011708800055' }])
    expect((await byCode(await newAsker(), code)).outcome).toBe('recorded')
  })
})

describe('the limits', () => {
  it('lock a chat after five failures until the next day, whatever the way', async () => {
    const asker = await newAsker()
    for (let failure = 0; failure < 5; failure++) await byDetails(asker)
    const locked = { outcome: 'locked', until: '2026-03-06' }
    expect(await byDetails(asker, detailsOf(recipient))).toEqual(locked)
    expect(await byCode(asker, await issue(recipient.nik))).toEqual(locked)
    expect((await byDetails(await newAsker(), detailsOf(recipient))).outcome).toBe('recipient')
    world.now = new Date('2026-03-05T16:00:00Z')
    expect((await byDetails(asker, detailsOf(recipient))).outcome).toBe('recipient')
  })

  it('lock a chat that found three households in a week', async () => {
    const third = { ...recorded, nik: '5399020101700003', household: 'K3' }
    const fourth = { ...recorded, nik: '5399020101700004', household: 'K4' }
    await world.load([recipient, relative, recorded, third, fourth])
    const asker = await newAsker()
    for (const person of [recipient, relative, recipient, recorded, third]) {
      expect((await byDetails(asker, detailsOf(person))).outcome).not.toBe('locked')
    }
    expect(await byDetails(asker, detailsOf(fourth))).toEqual({ outcome: 'locked', until: '2026-03-12' })
    world.now = new Date('2026-03-11T16:00:00Z')
    expect((await byDetails(asker, detailsOf(fourth))).outcome).toBe('recorded')
  })

  it('hold when many checks of one chat come at once', async () => {
    const asker = await newAsker()
    const answers = await Promise.all(Array.from({ length: 9 }, () => byDetails(asker)))
    const outcomes = answers.map(({ outcome }) => outcome).sort()
    expect(outcomes).toEqual([...Array(4).fill('locked'), ...Array(5).fill('not_found')])
  })
})

describe('the record', () => {
  it('holds each check and its line in the audit trail, without what was typed', async () => {
    const asker = await newAsker()
    await byNik(asker, recipient.nik, recipient.birthDate)
    const attempt = await world.database.prisma.checkAttempt.findFirstOrThrow()
    expect(attempt).toMatchObject({
      way: 'form',
      outcome: 'recipient',
      failed: false,
      contactId: asker.contactId,
    })
    const entry = await world.database.prisma.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(entry).toMatchObject({
      action: 'assistance.check',
      actorType: 'resident',
      actorId: asker.contactId,
      outcome: 'recipient',
      details: { way: 'form' },
    })
    expect(JSON.stringify(entry, (_, value) => String(value))).not.toContain(recipient.nik)
  })

  it('raises one alarm when many chats fail on one person', async () => {
    const askers = await Promise.all(Array.from({ length: 5 }, newAsker))
    await Promise.all(
      askers.map((asker, guess) => byDetails(asker, { ...detailsOf(recipient), nikTail: `900${guess}` })),
    )
    const alarms = await world.database.prisma.alarm.findMany()
    expect(alarms).toHaveLength(1)
    expect(alarms[0]).toMatchObject({ kind: 'many_chats_one_person', settledAt: null })
  })

  it('leaves an alarm that is open as it is, and raises another once it was settled', async () => {
    const fail = async () => byDetails(await newAsker(), detailsOf({ ...recipient, nik: '5399011708809999' }))
    for (let chat = 0; chat < 7; chat++) await fail()
    expect(await world.database.prisma.alarm.count()).toBe(1)
    await world.database.prisma.alarm.updateMany({ data: { settledAt: world.now } })
    await fail()
    expect(await world.database.prisma.alarm.count()).toBe(2)
  })

  it('close the details of a person who is guessed at from many chats, for a day, and no other way', async () => {
    const right = detailsOf(recipient)
    const code = await issue(recipient.nik)
    for (let guess = 0; guess < 5; guess++)
      await byDetails(await newAsker(), { ...right, nikTail: `900${guess}` })
    expect((await byDetails(await newAsker(), right)).outcome).toBe('not_found')
    expect((await byDetails(await newAsker(), detailsOf(recorded))).outcome).toBe('recorded')
    expect((await byCode(await newAsker(), code)).outcome).toBe('recipient')
    expect((await byNik(await newAsker(), recipient.nik, recipient.birthDate)).outcome).toBe('recipient')
    world.now = new Date(world.now.getTime() + 2 * 86_400_000)
    expect((await byDetails(await newAsker(), right)).outcome).toBe('recipient')
  })

  it('raises an alarm when many chats try codes that are none', async () => {
    for (let chat = 0; chat < 20; chat++) await byCode(await newAsker(), newClaimCode())
    expect(await world.database.prisma.alarm.count()).toBe(1)
  })

  it('raises none while one chat fails often', async () => {
    const asker = await newAsker()
    for (let failure = 0; failure < 5; failure++) await byDetails(asker)
    expect(await world.database.prisma.alarm.count()).toBe(0)
  })
})

describe('timing', () => {
  it('sends the same queries for nobody, for a mismatch and for a code that expired', async () => {
    const expired = await issue(recorded.nik, 1)
    world.now = new Date(world.now.getTime() + 2 * 86_400_000)
    const queriesOf = async (check: (transaction: Transaction, asker: Asker) => Promise<unknown>) => {
      const asker = { ...(await newAsker()), now: world.now }
      const seen: string[] = []
      await world.run((transaction) => check(spy(transaction, seen), asker))
      return seen
    }
    const status = world.check()
    const nobodyAtAll = await queriesOf((tx, asker) => status.checkByDetails(tx, asker, nobody))
    const mismatch = await queriesOf((tx, asker) =>
      status.checkByDetails(tx, asker, { ...detailsOf(recipient), nikTail: '9999' }),
    )
    expect(mismatch).toEqual(nobodyAtAll)
    const unknownNik = await queriesOf((tx, asker) =>
      status.checkByNik(tx, asker, { nik: '5399011708800099', birthDate: '1980-08-17' }),
    )
    const wrongDate = await queriesOf((tx, asker) =>
      status.checkByNik(tx, asker, { nik: recipient.nik, birthDate: '1980-08-18' }),
    )
    expect(wrongDate).toEqual(unknownNik)
    const unknownCode = await queriesOf((tx, asker) => status.checkByCode(tx, asker, newClaimCode()))
    expect(await queriesOf((tx, asker) => status.checkByCode(tx, asker, expired))).toEqual(unknownCode)
    expect(unknownCode.length).toBeGreaterThan(5)
  })
})

/** A transaction that notes which operation on which model is asked of it. */
function spy<T extends object>(target: T, seen: string[], path = ''): T {
  return new Proxy(target, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key)
      const name = `${path}${String(key)}`
      if (typeof value === 'function') {
        return (...args: unknown[]) => {
          seen.push(name)
          return Reflect.apply(value, object, args)
        }
      }
      return typeof value === 'object' && value !== null ? spy(value, seen, `${name}.`) : value
    },
  })
}
