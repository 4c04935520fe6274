import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findInText } from '../../../src/marketplace/desk/text-findings.ts'
import { parseMarketWords } from '../../../src/marketplace/market-words.ts'

const words = parseMarketWords(readFileSync('flows/content/umkm.yaml', 'utf8'))
const find = (name: string, description = '', halal: 'uncertified' | 'pork' = 'uncertified', unit = 'ons') =>
  findInText({ name, description, halal, unit }, words)

describe(findInText.name, () => {
  it('finds forbidden goods as whole words, however they are typed', () => {
    for (const text of ['Sopi asli Rote', 'SOPI, botol besar', 's0pi kampung', 'dijual: Moke'])
      expect([text, find(text).forbidden[0]?.code]).toEqual([text, 'alcohol'])
    expect(find('Kue', 'ada rokok juga').forbidden).toEqual([{ code: 'tobacco', word: 'rokok' }])
    for (const text of ['Tas sopir', 'Pelembap bibir', 'Kue laris']) expect(find(text).forbidden).toEqual([])
  })

  it('finds numbers and accounts by which buyers would go round the button', () => {
    for (const text of ['0812-3456-7890', '+62 812 3456 7890', '081234567890', '0380 833 123', '@lapak.ina'])
      expect([text, find('Madu', `Pesan ${text} ya`).contacts]).toEqual([text, [text]])
    expect(find('Madu', 'https://wa.me/6281234567890').contacts).toHaveLength(1)
    for (const text of ['Rp25.000 - 35.000', 'isi 12 x 250 gram', '25000000', 'PIRT 2065371010001-26'])
      expect([text, find('Madu', text).contacts]).toEqual([text, []])
  })

  it('reads the unit too', () => {
    expect(find('Pisang', '', 'uncertified', 'sisir 081234567890').contacts).toEqual(['081234567890'])
    expect(find('Pisang', '', 'uncertified', 'gelas moke').forbidden).toMatchObject([{ word: 'moke' }])
    // An o that stands for 0 counts within a number only.
    expect(find('Emas', 'Harga 80000000').contacts).toEqual([])
  })

  it('finds pork in a name whose owner does not say so', () => {
    expect(find("Se'i babi").isHiddenPork).toBe(true)
    expect(find("Se'i babi", '', 'pork').isHiddenPork).toBe(false)
    for (const text of ["Se'i sapi", "Se'i tanpa babi"])
      expect([text, find(text).isHiddenPork]).toEqual([text, false])
  })
})
