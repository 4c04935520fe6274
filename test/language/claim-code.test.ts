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
  it('hides every valid code, however it is written', () => {
    fc.assert(
      fc.property(code, (right) => {
        for (const written of [right, right.toLowerCase(), formatClaimCode(right)]) {
          expect(maskClaimCodes(`kode saya ${written}, tolong`)).toBe('kode saya #, tolong')
        }
      }),
    )
  })

  it('leaves words and codes that are not valid', () => {
    expect(maskClaimCodes('saya datang besok pagi')).toBe('saya datang besok pagi')
    expect(maskClaimCodes('RAMAHACX')).toBe('RAMAHACX')
  })
})
