import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type AssistanceActionsDeps,
  assistanceContracts,
  createAssistanceActions,
} from '../../src/assistance/actions.ts'
import type { Values } from '../../src/flow/action.ts'
import { type AssistanceWorld, createAssistanceWorld, recipient } from '../support/assistance-world.ts'

let world: AssistanceWorld
beforeAll(async () => {
  world = await createAssistanceWorld()
  await world.load([recipient])
})
afterAll(() => world.close())

let chat = { contactId: '', chatId: '' }
beforeEach(async () => {
  chat = await world.newChat()
})

async function run(
  name: keyof typeof assistanceContracts,
  input: Values = {},
  deps: Partial<AssistanceActionsDeps> = {},
  channel = 'webchat',
) {
  const actions = createAssistanceActions({
    ...world.check(),
    ways: { webchat: ['code', 'form', 'chat'], whatsapp: ['code', 'form'], telegram: ['chat'], terminal: [] },
    wayLabels: { code: 'Kode', form: 'Formulir', chat: 'Di sini' },
    publicUrl: () => 'https://lopo.example',
    ...deps,
  })
  const result = await world.run((transaction) =>
    actions[name].run(input, { ...chat, transaction, channel, now: world.now }),
  )
  const outcomes: Readonly<Record<string, { parse(values: unknown): unknown }>> =
    assistanceContracts[name].outcomes
  // What an outcome sets must be what the contract promises.
  expect(outcomes[result.outcome]?.parse(result.values)).toEqual(result.values)
  return result
}

const details = { birth_date: '1980-08-17', kelurahan: '53.71.03.1014', nik_tail: '0001' }

describe('list_check_ways', () => {
  it('offers what the channel allows', async () => {
    expect(await run('list_check_ways')).toEqual({
      outcome: 'ways',
      values: {
        ways: [
          { way: 'code', label: 'Kode' },
          { way: 'form', label: 'Formulir' },
          { way: 'chat', label: 'Di sini' },
        ],
      },
    })
    expect((await run('list_check_ways', {}, {}, 'telegram')).outcome).toBe('only_chat')
    expect((await run('list_check_ways', {}, {}, 'terminal')).outcome).toBe('none')
  })

  it('offers no form where residents reach no page', async () => {
    expect((await run('list_check_ways', {}, { publicUrl: () => undefined }, 'whatsapp')).outcome).toBe(
      'only_code',
    )
  })

  it('says beforehand that the chat is locked', async () => {
    for (let failure = 0; failure < 5; failure++)
      await run('check_by_details', { ...details, nik_tail: '9999' })
    expect(await run('list_check_ways')).toEqual({ outcome: 'locked', values: { until: '2026-03-06' } })
    expect((await run('create_check_link')).outcome).toBe('locked')
  })
})

describe('check_by_details', () => {
  beforeEach(() => world.database.pool.query('DELETE FROM check_attempt'))

  it('gives the flow rows to write out', async () => {
    expect(await run('check_by_details', details)).toEqual({
      outcome: 'recipient',
      values: {
        list: 'P3KE contoh',
        as_of: '2026-02-01',
        period: '',
        name_masked: 'W***A C****H S**U',
        programmes: [
          { name: 'PKH', title: 'Program Keluarga Harapan', answer: 'YA' },
          { name: 'Sembako', title: 'Bantuan Sembako', answer: 'TIDAK' },
        ],
        members: [{ name_masked: 'W***A C****H S**U', programmes: 'PKH' }],
      },
    })
  })

  it('names the list also when nobody was found', async () => {
    const values = { list: 'P3KE contoh', as_of: '2026-02-01' }
    expect(await run('check_by_details', { ...details, nik_tail: '9999' })).toEqual({
      outcome: 'not_found',
      values,
    })
  })
})

describe('create_check_link', () => {
  it('makes a link with a token of 256 bits, which the database does not hold', async () => {
    const { values } = await run('create_check_link')
    expect(values.link).toMatch(/^https:\/\/lopo\.example\/cek\/[\w-]{43}$/)
    const [link] = await world.database.prisma.checkLink.findMany({ where: { chatId: BigInt(chat.chatId) } })
    expect(Buffer.from(link!.tokenHash)).toHaveLength(32)
    expect(link!.expiresAt.getTime() - world.now.getTime()).toBe(15 * 60_000)
  })

  it('leaves one open link a chat', async () => {
    const [first, second] = [await run('create_check_link'), await run('create_check_link')]
    const { links } = world.check()
    const left = ({ values }: typeof first) =>
      world.run((transaction) => links.left(transaction, String(values.link).slice(-43), world.now))
    expect([await left(first), await left(second)]).toEqual([0, 3])
  })

  it('says so where residents reach no page', async () => {
    expect((await run('create_check_link', {}, { publicUrl: () => undefined })).outcome).toBe('unavailable')
  })
})

describe('pick_check_way', () => {
  it('goes the way that was picked', async () => {
    expect(await run('pick_check_way', { way: 'form' })).toEqual({ outcome: 'form', values: {} })
  })
})
