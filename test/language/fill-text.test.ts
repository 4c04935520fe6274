import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fill } from '../../src/language/fill-text.ts'

describe('fill', () => {
  it.each([
    ['Tiket {{number}}: {{kind}}', 'Tiket 12: usul'],
    ['{{ number }} dan {{number}}', '12 dan 12'],
    ['{{empty}}.', '.'],
    ['{{missing}} {{constructor}}', '{{missing}} {{constructor}}'],
  ])('fills %j', (text, filled) => {
    expect(fill(text, { number: 12, kind: 'usul', empty: '' })).toBe(filled)
  })

  it('leaves what a value says as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{{', '}}', 'a', '$&', '$1', ' ') }), (a) => {
        expect(fill('<{{a}}|{{b}}>', { a, b: 1 })).toBe(`<${a}|1>`)
      }),
    )
  })
})
