import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createLetter } from '../../src/web/desk/codes/letter.ts'
import { parseListTexts } from '../../src/web/desk/lists/list-texts.ts'

const { letter: texts } = parseListTexts(readFileSync('flows/content/meja-daftar.yaml', 'utf8'))
const letter = {
  texts,
  code: 'ACDE3467',
  expiresAt: new Date('2026-09-01T01:00:00Z'),
  address: 'https://wa.me/6281200000000',
  date: new Date('2026-03-05T01:30:00Z'),
}

/** What the page draws, unpacked. */
function drawing(pdf: Uint8Array): string {
  const bytes = Buffer.from(pdf)
  const streams: string[] = []
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 1)) {
    const end = bytes.indexOf('\nendstream', at)
    if (end > at) streams.push(inflateSync(bytes.subarray(at + 7, end)).toString('latin1'))
    at = end + 10
  }
  return streams.join('\n')
}

/** The words as a program that extracts text finds them, in the order in which they are drawn. */
function words(pdf: Uint8Array): string {
  const lines = [...drawing(pdf).matchAll(/\[([^\]]*)\] TJ/g)].map(([, pieces = '']) =>
    [...pieces.matchAll(/<([0-9a-f]*)>/g)]
      .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
      .join(''),
  )
  return lines.join(' ').replaceAll(/\s+/g, ' ')
}

const squares = (pdf: Uint8Array) => [...drawing(pdf).matchAll(/ re\n/g)].length

describe('createLetter', () => {
  it('tells the code in groups, until when it is good, and where the bot is, as text', async () => {
    const said = words(await createLetter(letter))
    expect(said).toContain('ACDE-3467')
    expect(said).toContain('Berlaku sampai 1 September 2026.')
    expect(said).toContain('5 Maret 2026')
    expect(said).toContain(letter.address)
    for (const text of [texts.title, texts.service, texts.office, texts.how, texts.safe]) {
      expect(said).toContain(text)
    }
    expect(said).not.toContain('{{')
  })

  it('is one page, also with a long address', async () => {
    const address = `https://lopo.kupangkota.example/${'percakapan-'.repeat(12)}`
    for (const one of [letter, { ...letter, address }]) {
      const pdf = Buffer.from(await createLetter(one)).toString('latin1')
      expect(pdf.startsWith('%PDF-')).toBe(true)
      expect(pdf).toContain('/Count 1')
      expect(pdf).toContain('[0 0 595.28 841.89]')
    }
  })

  it('draws a picture of the address, and nothing of the code in it', async () => {
    const pdf = await createLetter(letter)
    expect(squares(pdf)).toBeGreaterThan(200)
    const qr = (bytes: Uint8Array) =>
      [...drawing(bytes).matchAll(/[\d.]+ [\d.]+ [\d.]+ [\d.]+ re\n/g)].join('')
    expect(qr(await createLetter({ ...letter, code: '34679ACD' }))).toBe(qr(pdf))
    expect(qr(await createLetter({ ...letter, address: 'https://t.me/lopo_contoh_bot' }))).not.toBe(qr(pdf))
  })

  it('is the same bytes for the same letter', async () => {
    const [one, other] = [await createLetter(letter), await createLetter(letter)]
    expect(Buffer.compare(one, other)).toBe(0)
  })
})
