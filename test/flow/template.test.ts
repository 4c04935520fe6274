import { describe, expect, it } from 'vitest'
import { parseTemplate, render } from '../../src/flow/template.ts'
import { createWrite } from '../../src/flow/written.ts'

const write = createWrite({ yes: 'Ya', no: 'Tidak' })

describe('parseTemplate', () => {
  it('finds the names of a text, each once', () => {
    expect(parseTemplate('{{a}} dan {{ b_2 }} dan {{a}}').names).toEqual(['a', 'b_2'])
  })

  it('leaves alone what is not a name', () => {
    expect(parseTemplate('{{A}} {{}} {a} {{a b}}').names).toEqual([])
  })
})

describe('render', () => {
  const rendered = (text: string, values: Record<string, string | number>) =>
    render(parseTemplate(text), values, write)

  it('puts values in as they are, whatever they look like', () => {
    expect(rendered('Halo {{a}}!', { a: '{{b}} $& \\' })).toBe('Halo {{b}} $& \\!')
  })

  it('writes what something goes by as it is typed, and amounts as amounts', () => {
    const values = { number: 1234, course_id: 1234, count: 1234, phone_numbers: 1234 }
    expect(rendered('{{number}} {{course_id}} {{count}} {{phone_numbers}}', values)).toBe(
      '1234 1234 1.234 1.234',
    )
  })

  it('writes nothing for a value that is not there', () => {
    expect(rendered('Halo {{a}}!', {})).toBe('Halo !')
  })

  it('writes a list line by line, and nothing for an empty one', () => {
    const lines = { list: parseTemplate('• {{name}}: {{count}}') }
    const list = [
      { name: 'PKH', count: 1200 },
      { name: 'Sembako', count: null },
    ]
    expect(render(parseTemplate('Ada:\n{{list}}'), { list }, write, lines)).toBe(
      'Ada:\n• PKH: 1.200\n• Sembako: -',
    )
    expect(render(parseTemplate('Ada:\n{{list}}'), { list: [] }, write, lines)).toBe('Ada:\n')
  })
})

describe('createWrite', () => {
  it.each([
    ['1980-08-17', '17 Agustus 1980'],
    ['2026-03-05T01:30:00.000Z', 'Kamis, 5 Maret 2026 pukul 09.30 WITA'],
    ['2026-99-99', '2026-99-99'],
    ['2026-01-05T99:99:99Z', '2026-01-05T99:99:99Z'],
    ['0812', '0812'],
    [1_250_000, '1.250.000'],
    [true, 'Ya'],
    [false, 'Tidak'],
    [null, '-'],
  ])('writes %j as %j', (value, written) => {
    expect(write(value)).toBe(written)
  })
})
