import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CLAIM_CODE_ALPHABET,
  checkCharacter,
  formatClaimCode,
  maskClaimCodes,
  parseClaimCode,
} from '../../src/language/claim-code.ts'

const letter = fc.constantFrom(...CLAIM_CODE_ALPHABET)
const code = fc
  .array(letter, { minLength: 7, maxLength: 7 })
  .map((letters) => letters.join('') + checkCharacter(letters.join('')))

describe('checkCharacter', () => {
  it('catches every single wrong character', () => {
    fc.assert(
      fc.property(code, (right) => {
        for (let at = 0; at < right.length; at++) {
          for (const other of CLAIM_CODE_ALPHABET) {
            const wrong = right.slice(0, at) + other + right.slice(at + 1)
            if (wrong !== right) expect(parseClaimCode(wrong).type).toBe('problem')
          }
        }
      }),
    )
  })

  it('catches any two characters that changed places', () => {
    fc.assert(
      fc.property(code, fc.nat(7), fc.nat(7), (right, first, second) => {
        const letters = [...right]
        letters[first] = right[second]!
        letters[second] = right[first]!
        const wrong = letters.join('')
        if (wrong !== right) expect(parseClaimCode(wrong)).toMatchObject({ problem: 'claim_code.check' })
      }),
    )
  })

  it('throws on what is no start of a code', () => {
    expect(() => checkCharacter('ABC')).toThrow()
    expect(() => checkCharacter('ABCDEF0')).toThrow()
  })
})

describe('parseClaimCode', () => {
  it('reads a code however it is typed', () => {
    fc.assert(
      fc.property(code, (right) => {
        const typed = [right, right.toLowerCase(), formatClaimCode(right), [...right].join(' ')]
        for (const text of [...typed, `kode saya ${formatClaimCode(right).toLowerCase()} ya`]) {
          expect(parseClaimCode(text)).toEqual({ type: 'value', value: right, label: formatClaimCode(right) })
        }
      }),
    )
  })

  it('offers a look-alike only when the check character settles which it is', () => {
    const right = `WQ7CDEF${checkCharacter('WQ7CDEF')}`
    const parsed = parseClaimCode(right.replace('Q', '0'))
    expect(parsed).toMatchObject({ value: right, confirm: true })
    expect(parseClaimCode('OIOIOIOI')).toMatchObject({ problem: 'claim_code.letters' })
  })

  it('tells how many characters there were', () => {
    expect(parseClaimCode('ABC-DEF')).toMatchObject({
      problem: 'claim_code.length',
      details: { characters: 6 },
    })
  })
})

describe('maskClaimCodes', () => {
  const named = fc.constantFrom(
    ...['kode', 'Kodenya', 'kode saya', 'KODE:', 'kode klaim', 'code', 'codenya', 'nomor', 'nomer', 'no.'],
    ...['nomornya adalah', 'klaim', 'ini kode dari surat:', 'beta pung kode'],
  )
  const separator = fc.constantFrom('', '-', ' ', ' - ', '–', '.', '\n')
  const written = fc.tuple(code, separator, fc.boolean()).map(([right, between, lower]) => {
    const whole = `${right.slice(0, 4)}${between}${right.slice(4)}`
    return lower ? whole.toLowerCase() : whole
  })

  it('hides every valid code, however it is written, after any word that names it', () => {
    fc.assert(
      fc.property(
        named,
        written,
        fc.constantFrom('', ', tolong', ' ya pak', '.\nTerima kasih'),
        (word, one, end) => {
          expect(maskClaimCodes(`${word} ${one}${end}`)).toBe(`${word} #${end}`)
        },
      ),
    )
  })

  it('hides every valid code in one piece or with a dash, whatever stands around it', () => {
    const around = fc.constantFrom('', 'saya ', 'ini ', 'data kami ', '3467 ', 'ACDE ')
    fc.assert(
      fc.property(around, code, fc.boolean(), (before, right, dash) => {
        const masked = maskClaimCodes(`${before}${dash ? formatClaimCode(right) : right}`)
        expect(masked).toContain('#')
        expect(masked).not.toContain(right.slice(4))
      }),
    )
  })

  it.each([
    ['kode 3C4A-CTHE', 'kode #'],
    ['kode 3C4A CTHE atau 3c4acthe', 'kode # atau #'],
    ['3 C 4 A - C T H E', '#'],
    ['kode ３Ｃ４Ａ-ＣＴＨＥ', 'kode #'],
    ['kode 3C\u200b4A-CTHE', 'kode #'],
    ['3C4A-CTHE, 3C4A-CTHE', '#, #'],
  ])('turns %j into %j', (text, masked) => {
    expect(maskClaimCodes(text)).toBe(masked)
  })

  it.each([
    'saya datang besok pagi',
    'RAMAHACX',
    'kode pos 85111',
    'mana-mana',
    'mana mana',
    'jadwal 2024-2025',
    'nomor 0812 3456 7890',
    '👨‍👩‍👧 keluarga kami ½ dari mereka',
    '',
  ])('leaves %j', (text) => {
    expect(maskClaimCodes(text)).toBe(text)
  })

  it('leaves the words that people write to the bot', () => {
    for (const file of ['inquiries.tsv', 'held-out.tsv']) {
      const text = readFileSync(join(import.meta.dirname, file), 'utf8')
      expect(maskClaimCodes(text)).toBe(text)
    }
  })
})
