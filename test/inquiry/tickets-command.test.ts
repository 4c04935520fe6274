import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CliContext } from '../../src/cli/context.ts'
import { ticketsCommand } from '../../src/cli/tickets.ts'
import { createTicketStore } from '../../src/inquiry/store.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
}, 60_000)
afterAll(() => app.close())

async function run(args: readonly string[], stdin: readonly string[] = []) {
  const [out, err]: string[][] = [[], []]
  const context = {
    ...{ config: app.config, log: app.log, dataDir: app.config.dataDir, isTerminal: false, now: app.now },
    out: (text: string) => void out!.push(text),
    err: (text: string) => void err!.push(text),
    async *lines() {
      yield* stdin
    },
    readFlowTexts: async () => app.texts,
    openApp: async () => ({ ...app, close: async () => undefined }),
    leave: async () => undefined,
  } satisfies CliContext
  const code = await ticketsCommand.run(args, context)
  return { code, out: out!.join(''), err: err!.join('') }
}

/** A ticket of a person in a chat. */
async function open(text: string) {
  const { prisma } = app.storage.database
  const { id: contactId } = await prisma.contact.create({ data: {} })
  const data = { contactId, channel: 'telegram', account: 'main', externalId: text }
  const { id: chatId } = await prisma.chat.create({ data })
  const store = createTicketStore({ prisma, keyring: app.storage.keyring })
  const at = app.now()
  const number = await store.transact(async (transaction) => {
    const made = await store.create(transaction, {
      ...{ contactId, chatId, kind: 'question', office: 'umum', urgent: false, anonymous: false },
      ...{ kelurahan: undefined, details: {}, matter: undefined, openedAt: at, promisedAt: at },
    })
    await store.addEntry(transaction, made, { type: 'resident', text, at })
    return made
  })
  return { chatId, number }
}

describe('lopo tickets', () => {
  it('says so when nobody waits, lists who does, answers from argument or standard input, and closes', async () => {
    expect(await run([])).toEqual({ code: 0, out: '', err: 'Nobody is waiting.\n' })
    expect((await run(['--json'])).out).toBe('[]\n')
    const [one, two] = [await open('kapan cair?\nhalo'), await open('syaratnya apa?')]
    expect((await run([])).out).toMatch(
      new RegExp(
        `^${one.number}\\t\\S+\\tquestion\\tumum\\tpromised \\S+\\tlate\\n\\tkapan cair\\?\\n\\thalo\\n${two.number}\\t`,
      ),
    )
    const json = JSON.parse((await run(['--json'])).out)
    expect(json).toMatchObject([
      { number: one.number, kind: 'question', late: true, entries: [{ type: 'resident' }] },
      {},
    ])
    expect((await run(['answer', String(one.number), 'Minggu', 'depan.'])).err).toBe(
      'The answer is on its way.\n',
    )
    expect((await run(['answer', String(two.number)], ['KTP.', 'Dan KK.'])).code).toBe(0)
    const said = await app.conversation.lines(two.chatId, 5)
    expect(
      said.some(({ text }) => text.includes(`nomor ${two.number}`) && text.includes('KTP.\nDan KK.')),
    ).toBe(true)
    expect((await run(['close', String(one.number)])).code).toBe(0)
    expect((await run([])).err).toBe('Nobody is waiting.\n')
  })

  it.each([
    [['terbang'], 'tickets cannot terbang'],
    [['answer'], 'the number is missing'],
    [['close', 'x'], 'x is no number'],
    [['close', '1', 'x'], 'x is too much'],
    [['answer', '5399015708800011', 'x'], '# is no number'],
    [['answer', '999999', 'x'], 'no ticket has the number 999999'],
    [['close', '999999'], 'no ticket has the number 999999'],
  ])('says what is wrong with %j', async (args, what) => expect(run(args)).rejects.toThrow(what))

  it('sends nothing that is empty or holds a NIK', async () => {
    const { number, chatId } = await open('halo?')
    await expect(run(['answer', String(number)], [' '])).rejects.toThrow('nothing was sent')
    await expect(run(['answer', String(number), 'NIK 5399015708800011'])).rejects.toThrow(
      'a NIK or KK number',
    )
    expect(await app.storage.database.prisma.outboxMessage.count({ where: { chatId } })).toBe(0)
  })
})
