import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recipient, recorded } from '../support/assistance-world.ts'
import { createListPages, type ListPagesWorld } from '../support/list-pages-world.ts'
import { createListWorld, type ListWorld } from '../support/list-world.ts'

const unknownNik = '5399010101900009'
const minute = 60_000

let lists: ListWorld
let pages: ListPagesWorld
let cookie: string

beforeAll(async () => {
  lists = await createListWorld()
  await lists.load([recipient, recorded])
})
afterAll(() => lists.close())
beforeEach(() => {
  pages = createListPages(lists)
  cookie = pages.signedIn('bansos').cookie
  // The hour of the look-ups before is over.
  lists.now = new Date(lists.now.getTime() + 61 * minute)
})

const open = async (path: string) => (await pages.get(`/desk${path}`, cookie)).text()
const post = (path: string, form: Record<string, string>, whose = cookie) =>
  pages.post(`/desk${path}`, form, whose)
const issue = (form: Record<string, string> = { nik: recipient.nik }) =>
  post('/kode-warga/terbit', { kind: 'p3ke', nik: '', household: '', ...form })
const codeIn = (page: string) => /class="secret claim-code">([^<]+)</.exec(page)?.[1] ?? ''
const passIn = (page: string) => /name="pass" value="([^"]+)"/.exec(page)?.[1] ?? ''
const trail = () =>
  lists.database.prisma.auditEntry.findMany({
    where: { action: { startsWith: 'assistance.claim_code' } },
    orderBy: { id: 'desc' },
  })
const lastDeed = async () => {
  const [entry] = await trail()
  return entry === undefined ? [] : [entry.action, entry.actorId, entry.outcome]
}
/** Whether a household checks its status with it. */
const opens = async (code: string) => {
  const { contactId, chatId } = await lists.newChat()
  const asker = { contactId, chatId, now: lists.now }
  const answer = await lists.run((transaction) =>
    lists.check().checkByCode(transaction, asker, code.replace('-', '')),
  )
  return answer.outcome !== 'not_found'
}

describe('the pages of claim codes', () => {
  it('issue a code that is shown once, and is in the trail by its id only', async () => {
    const answer = await issue()
    const page = await answer.text()
    const code = codeIn(page)
    expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
    expect(await opens(code)).toBe(true)
    expect(page).toContain('Berlaku sampai 1 September 2026.')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await lastDeed()).toEqual(['assistance.claim_code.issue', 'u-bansos', 'issued'])
    const form = await open('/kode-warga')
    expect(form).toContain('name="nik"')
    expect(form).not.toContain(code)
  })

  it('find a household by its number too', async () => {
    expect(codeIn(await (await issue({ household: recorded.household })).text())).not.toBe('')
  })

  it('give the letter to the officer who issued the code, for a quarter of an hour', async () => {
    const page = await (await issue()).text()
    const pass = passIn(page)
    expect(Buffer.from(pass, 'base64url').toString('latin1')).not.toContain(codeIn(page).replace('-', ''))
    const letter = await post('/kode-warga/surat', { pass })
    expect(letter.headers.get('content-type')).toBe('application/pdf')
    expect(letter.headers.get('content-disposition')).toBe('attachment; filename="surat-kode.pdf"')
    expect(
      Buffer.from(await letter.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    const [noted] = await trail()
    expect([noted?.action, noted?.actorId]).toEqual(['assistance.claim_code.letter', 'u-bansos'])
    expect(noted?.subject).toMatch(/^\d+$/)

    const other = pages.signedIn('bansos', 'umkm').cookie
    for (const [word, whose] of [
      [pass, other],
      [`${pass.slice(0, -2)}AA`, cookie],
      ['', cookie],
    ] as const) {
      const refused = await post('/kode-warga/surat', { pass: word }, whose)
      expect([refused.status, refused.headers.get('location')]).toEqual([303, '/desk/kode-warga'])
    }
    lists.now = new Date(lists.now.getTime() + 16 * minute)
    expect((await post('/kode-warga/surat', { pass })).status).toBe(303)
  })

  it('take no other sealed word for the letter', async () => {
    const planted = Buffer.from(lists.keyring.seal('{"letter":1}')).toString('base64url')
    expect((await post('/kode-warga/surat', { pass: planted })).status).toBe(303)
  })

  it('ask for one of NIK and number, and never repeat what was written', async () => {
    const { problems } = pages.words.codes
    for (const [form, problem] of [
      [{}, problems.one],
      [{ nik: recipient.nik, household: 'K-satu-contoh' }, problems.one],
      [{ nik: '5399011345' }, problems.nik],
      [{ nik: unknownNik }, problems.not_found],
      [{ household: 'K-tidak-ada' }, problems.not_found],
      [{ kind: 'dtsen', nik: recipient.nik }, problems.not_loaded],
    ] as const) {
      const answer = await issue(form)
      const page = await answer.text()
      expect([answer.status, page.includes(problem), problem]).toEqual([422, true, problem])
      for (const written of Object.values(form)) {
        if (written !== 'dtsen') expect(page).not.toContain(written)
      }
    }
  })

  it('keep a NIK out of the page, the log and the trail, found or not', async () => {
    await issue()
    await issue({ nik: unknownNik })
    expect(await lastDeed()).toEqual(['assistance.claim_code.issue', 'u-bansos', 'not_found'])
    const everything = [
      pages.log.join(''),
      JSON.stringify(pages.notes),
      JSON.stringify(await trail(), (_, value) => (typeof value === 'bigint' ? String(value) : value)),
      await open('/kode-warga'),
    ].join('')
    expect(everything).not.toContain(recipient.nik)
    expect(everything).not.toContain(unknownNik)
  })

  it('are no way of trying NIKs: an officer has so many look-ups in an hour, found or not', async () => {
    pages = createListPages(lists, 2)
    cookie = pages.signedIn('bansos').cookie
    await issue()
    await issue({ nik: unknownNik })
    const third = await issue()
    expect(third.status).toBe(429)
    expect(await third.text()).toContain('Sudah 2 pencarian')
    expect(await lastDeed()).toEqual(['assistance.claim_code.issue', 'u-bansos', 'too_many'])
    cookie = pages.signedIn('admin').cookie
    expect((await issue()).status).toBe(200)
    cookie = pages.signedIn('bansos').cookie
    lists.now = new Date(lists.now.getTime() + 61 * minute)
    const both = await Promise.all([issue(), issue(), issue(), issue()])
    expect(both.filter(({ status }) => status === 200)).toHaveLength(2)
  })

  it('revoke a code, and tell when there is none', async () => {
    const code = codeIn(await (await issue()).text())
    const revoke = async (written: string) => {
      const answer = await post('/kode-warga/cabut', { code: written })
      const flash = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
      const page = await pages.get('/desk/kode-warga', `${cookie}; ${flash}`)
      return page.text()
    }
    expect(await revoke('apa')).toContain(pages.words.codes.unreadable)
    expect(await opens(code)).toBe(true)
    expect(await revoke(code.toLowerCase().replace('-', ' '))).toContain(pages.words.codes.revoked)
    expect(await opens(code)).toBe(false)
    expect(await lastDeed()).toEqual(['assistance.claim_code.revoke', 'u-bansos', 'revoked'])
    expect(await revoke(code)).toContain(pages.words.codes.not_revoked)
  })

  it('are for a form of this session and for who may issue codes', async () => {
    const given = { kind: 'p3ke', nik: recipient.nik }
    expect((await post('/kode-warga/terbit', { ...given, csrf: 'planted' })).status).toBe(403)
    for (const role of ['penjawab', 'lurah', 'auditor', 'umkm', 'pelatihan'] as const) {
      const other = pages.signedIn(role).cookie
      expect((await post('/kode-warga/terbit', given, other)).status).toBe(403)
      expect((await pages.get('/desk/kode-warga', other)).status).toBe(403)
    }
  })

  it('say so when no list is in force', async () => {
    await lists.database.prisma.activeList.deleteMany()
    const page = await open('/kode-warga')
    expect(page).toContain(pages.words.codes.no_list)
    expect(page).not.toContain('name="nik"')
  })
})
