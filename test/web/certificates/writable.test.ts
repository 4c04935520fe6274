import { describe, expect, it } from 'vitest'
import { writable, writableParts } from '../../../src/web/certificates/writable.ts'

describe('writable', () => {
  it.each([
    ['Maria Goreti Contoh', 'Maria Goreti Contoh'],
    ["  D'Almeida   José ", "D'Almeida José"],
    ['Ndolu ’Ama‘', 'Ndolu ’Ama‘'],
    ['Žižka Dvořák Łukasz Đorđe', 'Žižka Dvořák Łukasz Đorđe'],
    ['Андрей', 'Андрей'],
  ])('leaves what the font has: %s', (name, written) => {
    expect(writable(name)).toBe(written)
  })

  it.each([
    ['Nguyễn Thị Ánh', 'Nguyên Thi Ánh'],
    ['Jose\u0301', 'José'],
    ['Ｍａｒｉａ', 'Maria'],
    ['Kaʻao', 'Ka‘ao'],
    ['Đặng', 'Đăng'],
    ['Ti\u200bmo\u00adtius\u202e', 'Timotius'],
    ['Ma\nria\u0007', 'Ma ria'],
    ['ﬁtri', 'fitri'],
  ])('writes it as near as can be: %s', (name, written) => {
    expect(writable(name)).toBe(written)
  })

  it.each(['李明', 'Maria 李', 'محمد', 'Ama 🙂', '', ' ', '\u200b', '\ud800'])(
    'is undefined where a letter would be missing, or nothing is left: %s',
    (name) => {
      expect(writable(name)).toBeUndefined()
    },
  )
})

describe('writableParts', () => {
  it('leaves out what the font lacks', () => {
    expect(writableParts(' Kaligrafi  書 dasar Nguyễn')).toBe('Kaligrafi dasar Nguyên')
    expect(writableParts('書')).toBe('')
  })
})
