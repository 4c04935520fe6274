import { readFileSync } from 'node:fs'
import { encode } from 'uqr'
import { describe, expect, it } from 'vitest'
import { parseCertificateWords } from '../../../src/training/certificates/certificate-words.ts'
import { createCertificatePdf } from '../../../src/web/certificates/certificate-pdf.ts'
import { writable } from '../../../src/web/certificates/writable.ts'
import { type ReadPdf, readPdf } from './read-pdf.ts'

const { pdf: texts } = parseCertificateWords(readFileSync('flows/content/sertifikat.yaml', 'utf8'))
const printed = {
  ...{ number: 'PL-2026-000123', name: 'Maria Goreti Contoh', course: 'Menjahit dasar' },
  ...{ office: 'Dinas Tenaga Kerja Kota Kupang', startsOn: '2026-03-05', endsOn: '2026-03-21' },
  ...{ hours: 140.5, issuedOn: '2026-03-25' },
}
const address = 'https://lopo.example/sertifikat/AbCdEfGhIjKlMnOpQrStUvWx'
const draw = (change: Partial<typeof printed> = {}, at = address) =>
  createCertificatePdf(texts, { ...printed, ...change }, at)
const read = async (change: Partial<typeof printed> = {}, at = address) => readPdf(await draw(change, at))

/** The modules of the QR code that is drawn, row by row, as far as they are dark. */
function modulesOf({ squares }: ReadPdf): readonly string[] {
  const small = squares.filter(([, , w, h]) => w === h && w < 10)
  const [, , cell] = small[0]!
  const [left, top] = [Math.min(...small.map(([x]) => x)), Math.min(...small.map(([, y]) => y))]
  return small.map(([x, y]) => `${Math.round((y - top) / cell)}:${Math.round((x - left) / cell)}`).sort()
}

/** The modules that a text has as QR code, made anew. */
function modulesFor(text: string): readonly string[] {
  const { data } = encode(text, { border: 0, ecc: 'M' })
  return data
    .flatMap((cells, row) => cells.flatMap((dark, column) => (dark ? [`${row}:${column}`] : [])))
    .sort()
}

describe('createCertificatePdf', () => {
  it('tells who passed what, when, for how long, and where to check it', async () => {
    const { text } = await read()
    for (const said of [
      ...[printed.number, printed.name, printed.course, printed.office, texts.city],
      ...['dari 5 Maret 2026 sampai 21 Maret 2026, selama 140,5 jam', 'Kupang, 25 Maret 2026'],
    ]) {
      expect(text).toContain(said)
    }
    expect(text.replaceAll(' ', '')).toContain(address)
    expect(text).not.toContain('{{')
    expect((await read({ endsOn: '2026-03-05', hours: 3 })).text).toContain('pada 5 Maret 2026, selama 3 jam')
  })

  it('holds exactly the address in its QR code, and leads there when pressed', async () => {
    for (const at of [address, 'http://localhost:3000/sertifikat/_-3456789012345678901234']) {
      const pdf = await read({}, at)
      expect(modulesOf(pdf)).toEqual(modulesFor(at))
      expect(pdf.source.split(`/URI (${at})`).length).toBeGreaterThan(1)
    }
  })

  it('is one page that lies, however long its words are', async () => {
    const long = {
      ...{ name: 'Maria Yohanes Žižka '.repeat(20), course: 'Pelatihan panjang '.repeat(40) },
      ...{ office: 'Dinas '.repeat(60) },
    }
    for (const change of [{}, long, { name: 'A', course: 'B', office: '' }, { name: 'x'.repeat(300) }]) {
      const { source } = await read(change)
      expect(source.startsWith('%PDF-')).toBe(true)
      expect(source).toContain('/Count 1')
      expect(source).toContain('[0 0 841.89 595.28]')
    }
    expect((await read({ name: 'Maria Yohanes Žižka '.repeat(8) })).text).toContain('Maria Yohanes Žižka')
  })

  it('is the same bytes for the same certificate, and small enough for a slow network', async () => {
    const [one, other] = await Promise.all([draw(), draw()])
    expect(Buffer.compare(one, other)).toBe(0)
    expect(one.length).toBeLessThan(60_000)
    expect(Buffer.compare(one, await draw({ name: 'Maria Goreti' }))).not.toBe(0)
  })

  it('writes names with marks whole', async () => {
    for (const name of ['José Ñu Žižka', 'Łukasz Đorđe', 'Андрей Contoh', "Ama D'Almeida ’Oematan"]) {
      const pdf = await read({ name })
      expect(pdf.text).toContain(name)
      expect(pdf.hasMissing).toBe(false)
    }
  })

  it('has every letter that is said to be writable', async () => {
    const letters = Array.from({ length: 0x2030 }, (_, code) => String.fromCodePoint(code)).filter(
      (letter) => /\S/.test(letter) && writable(letter) === letter,
    )
    expect(letters.length).toBeGreaterThan(300)
    for (let from = 0; from < letters.length; from += 60) {
      const name = letters.slice(from, from + 60).join('')
      const { hasMissing } = await read({ name, office: name, course: name })
      expect([name, hasMissing]).toEqual([name, false])
    }
  })

  it('says where the name stands, rather than half of it, where the font lacks its letters', async () => {
    for (const name of ['李明', 'Maria 李', '']) {
      const pdf = await read({ name })
      expect(pdf.text).toContain(texts.unwritten)
      expect(pdf.text).not.toContain('Maria')
      expect(pdf.hasMissing).toBe(false)
    }
    const pdf = await read({ course: 'Kaligrafi 書 dasar' })
    expect([pdf.text.includes('Kaligrafi dasar'), pdf.hasMissing]).toEqual([true, false])
  })
})
