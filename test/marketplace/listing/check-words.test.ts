import { describe, expect, it } from 'vitest'
import { checkDescription, checkName, namesPork } from '../../../src/marketplace/listing/check-words.ts'
import { listing, market } from './listing-world.ts'

const words = { market, listing }

describe('checkName', () => {
  it('takes HTML and SQL for text', () => {
    const name = `<b>Abon</b> '; DROP TABLE x; --`
    expect(checkName(name, words)).toEqual({ type: 'fine', text: name })
  })

  it('tidies what is written over several lines', () => {
    expect(checkName('  Abon\n ikan  tuna ', words)).toEqual({ type: 'fine', text: 'Abon ikan tuna' })
  })

  it.each(['', '123', '!!', 'a'.repeat(61), 'Sopi Rote', 'abon 0812 3456 7890'])('refuses "%s"', (name) => {
    expect(checkName(name, words).type).toBe('refused')
  })
})

describe('checkDescription', () => {
  it('takes an empty one, and refuses one of more than 300 letters', () => {
    expect(checkDescription(' ', words)).toEqual({ type: 'fine', text: '' })
    expect(checkDescription('kata '.repeat(61), words).type).toBe('refused')
  })
})

describe('namesPork', () => {
  it.each(["Se'i babi", 'sate BABI', 'babinya enak'])('is told by "%s"', (name) => {
    expect(namesPork(name, words)).toBe(true)
  })

  it.each(["Se'i sapi", 'Abon tanpa babi', 'Sosis bukan babi', 'babibu'])('is not told by "%s"', (name) => {
    expect(namesPork(name, words)).toBe(false)
  })
})
