import { describe, expect, it } from 'vitest'
import { search, words } from './the-search.ts'

describe('suggestCategories', () => {
  it.each([
    ["Se'i babi", 'makanan'],
    ['Se i sapi', 'makanan'],
    ['Kripik pisang', 'makanan'],
    ['kripk pisang manis', 'makanan'],
    ["Sambal lu'at", 'makanan'],
    ['Ikan asap', 'makanan'],
    ['Ikan segar', 'hasil'],
    ['Madu hutan Amfoang', 'hasil'],
    ['Gula lempeng', 'hasil'],
    ['Kopi bajawa bubuk', 'minuman'],
    ['Kue bagea', 'kue'],
    ['Tart susu', 'kue'],
    ['Selendang Rote', 'tenun'],
    ['Tas tenun', 'kerajinan'],
    ["Ti'i langga", 'kerajinan'],
    ['Jasa jahit baju', 'jasa'],
    ['Servis AC', 'jasa'],
  ])('takes %j first for %s', (name, category) => {
    expect(search.suggestCategories(name)[0]).toBe(category)
  })

  it('suggests nothing where nothing tells', () => {
    for (const name of ['', 'xyz', '12345', '🙂']) expect(search.suggestCategories(name)).toEqual([])
  })

  it('suggests only categories that there are, each once', () => {
    const found = search.suggestCategories('Keripik ikan madu kopi tas tenun jasa jahit kue')
    expect(new Set(found).size).toBe(found.length)
    for (const code of found) expect(words.categories).toHaveProperty(code)
  })
})
