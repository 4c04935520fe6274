import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PublicCertificate } from '../../../src/training/certificates/certificate.ts'
import { parseCertificateWords } from '../../../src/training/certificates/certificate-words.ts'
import { createCertificatePages } from '../../../src/web/certificates/certificate-pages.ts'
import { createCertificatePdf } from '../../../src/web/certificates/certificate-pdf.ts'
import { createPages } from '../../../src/web/pages.ts'
import { trainer } from '../../training/attendance/class-world.ts'
import {
  afterCourse,
  type CertificateWorld,
  openCertificateWorld,
} from '../../training/certificates/certificate-world.ts'
import { readPdf } from './read-pdf.ts'

const { page: texts } = parseCertificateWords(readFileSync('flows/content/sertifikat.yaml', 'utf8'))
const { layout } = createPages({ words: readFileSync('flows/content/laman.yaml', 'utf8'), demo: false })
const token = 'AbCdEfGhIjKlMnOpQrStUvWx'
const certificate: PublicCertificate = {
  ...{ name: 'Maria <b>Contoh</b>', course: 'Menjahit & konveksi', issuedOn: '2026-03-25', isRevoked: false },
}

function openPages(found: PublicCertificate | undefined = certificate) {
  const asked: string[] = []
  const clock = { now: new Date('2026-04-01T01:00:00Z') }
  const app = createCertificatePages({
    ...{ texts: () => texts, layout, now: () => clock.now },
    find: async (each) => {
      asked.push(each)
      return each === token ? found : undefined
    },
  })
  const get = async (path: string) => {
    const response = await app.request(path)
    return { response, status: response.status, body: await response.text() }
  }
  return { app, asked, clock, get }
}

describe('createCertificatePages', () => {
  it('tells name, course, date and that it is valid, on a page without a script', async () => {
    const { status, body, response } = await openPages().get(`/${token}`)
    expect(status).toBe(200)
    for (const said of [
      texts.valid,
      'Maria &lt;b&gt;Contoh&lt;/b&gt;',
      'Menjahit &amp; konveksi',
      '25 Maret 2026',
    ]) {
      expect(body).toContain(said)
    }
    expect(body).not.toContain('<script')
    expect(body).not.toContain(texts.revoked)
    expect(body.match(/<dt>/g)).toHaveLength(3)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-robots-tag')).toBe('noindex, nofollow')
    expect(Buffer.byteLength(body)).toBeLessThan(10_000)
    expect(body).toContain('width=device-width')
  })

  it('keeps the name out of what a browser lists: title and address', async () => {
    const { body } = await openPages().get(`/${token}`)
    expect(/<title>([^<]*)/.exec(body)?.[1]).not.toContain('Maria')
  })

  it('says that one was withdrawn', async () => {
    const { status, body } = await openPages({ ...certificate, isRevoked: true }).get(`/${token}`)
    expect(status).toBe(200)
    expect(body).toContain(texts.revoked)
    expect(body).not.toContain(texts.valid)
  })

  it('says what to do where there is none, and asks for nothing that is no token', async () => {
    const { get, asked } = openPages()
    for (const wrong of [
      token.toLowerCase(),
      `${token}a`,
      token.slice(1),
      '..%2f..%2fdesk',
      'a'.repeat(3000),
      '%00',
    ]) {
      const { status, body, response } = await get(`/${wrong}`)
      expect(status).toBe(404)
      expect(body).toContain(texts.unknown.title)
      expect(body).toContain(texts.unknown.next)
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
    expect(asked).toEqual([token.toLowerCase()])
  })

  it('lets an address look often, and for a while not more', async () => {
    const { get, asked, clock } = openPages()
    for (let look = 0; look < 120; look += 1) expect((await get(`/${token}`)).status).toBe(200)
    const { status, body } = await get(`/${token}`)
    expect([status, body.includes(texts.busy.title)]).toEqual([429, true])
    expect(asked).toHaveLength(120)
    clock.now = new Date(clock.now.getTime() + 10 * 60_000)
    expect((await get(`/${token}`)).status).toBe(200)
  })
})

describe('a certificate on paper', () => {
  let world: CertificateWorld
  beforeAll(async () => {
    world = await openCertificateWorld()
    world.clock.now = afterCourse
  }, 60_000)
  afterAll(() => world.close())

  it('leads to a page that tells nothing else of the person', async () => {
    const { person, certificate } = await world.issueOne('Maria Contoh')
    const token = await world.tokenOf(person.number)
    const { printed } = world.certificates.open(certificate.printed!)
    const paper = readPdf(await createCertificatePdf(world.words.pdf, printed, world.deps.pageOf(token)))
    const [, path = ''] = /\/URI \(https:\/\/lopo\.example\/sertifikat(\/[\w-]+)\)/.exec(paper.source) ?? []
    const app = createCertificatePages({
      ...{ texts: () => texts, layout, now: () => world.clock.now, find: world.findPublic },
    })
    const body = await (await app.request(path)).text()
    for (const said of [texts.valid, 'Maria Contoh', 'Menjahit dasar', '10 Maret 2026'])
      expect(body).toContain(said)
    const { birth, phone, reason } = (await world.shared.store.details(world.prisma, person.number))!
    const main = /<main.*<\/main>/s.exec(body)![0]
    for (const secret of [
      birth,
      birth.slice(0, 4),
      phone!,
      reason,
      '53.71',
      'Oebobo',
      certificate.number,
      'SMA',
    ]) {
      expect(main).not.toContain(secret)
    }
    await world.desk.revoke(trainer, certificate.number, 'salah orang')
    const after = await (await app.request(path)).text()
    expect([after.includes(texts.revoked), after.includes('salah orang')]).toEqual([true, false])
    await world.prisma.certificate.update({ where: { id: certificate.id }, data: { printed: null } })
    expect((await app.request(path)).status).toBe(404)
  })
})
