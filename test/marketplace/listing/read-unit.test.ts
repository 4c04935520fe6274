import { describe, expect, it } from 'vitest'
import { readUnit } from '../../../src/marketplace/listing/read-unit.ts'
import { market } from './listing-world.ts'

describe(readUnit.name, () => {
  it.each([
    ['per kg', 'kg'],
    ['Bks', 'bungkus'],
    ['satu botol', 'botol'],
    ['Sisir', 'sisir'],
    ['papan 10 biji telur', 'papan 10 biji telur'],
  ])('reads %j as %j', (text, unit) => {
    expect(readUnit(text, market)).toBe(unit)
  })

  it.each(['', '25', 'a'.repeat(21), '<b>', 'sisir 081234567890', 'wa 0812 3456 7890', 'tabung s0pi'])(
    'takes %j for none',
    (text) => {
      expect(readUnit(text, market)).toBeUndefined()
    },
  )
})
