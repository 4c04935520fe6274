import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { showEntry } from '../../src/channels/webchat-history.ts'

const at = new Date(0)

describe(showEntry.name, () => {
  it('turns the lines that name options into numbered buttons', () => {
    const options = [
      { label: 'Ya', value: 'a' },
      { label: 'Tidak', value: 'b' },
    ]
    expect(showEntry({ id: '1', from: 'bot', text: 'Benar?\n1. Ya\n2. Tidak', options, at })).toMatchObject({
      text: 'Benar?',
      options: [
        { number: '1', label: 'Ya', value: 'a' },
        { number: '2', label: 'Tidak', value: 'b' },
      ],
    })
  })

  it('leaves a line that says more than the label', () => {
    const options = [{ label: 'Lewati', value: 's' }]
    const text = 'Nomor HP?\nKetik LEWATI bila tidak punya.'
    expect(showEntry({ id: '1', from: 'bot', text, options, at })).toMatchObject({ text, options })
  })

  it('leaves lines before the last ones alone, even when they look like an option', () => {
    const options = [{ label: 'Ya', value: 'a' }]
    const text = '1. Ya\nadalah jawaban.\n1. Ya'
    expect(showEntry({ id: '1', from: 'bot', text, options, at }).text).toBe('1. Ya\nadalah jawaban.')
  })

  it('keeps every option and never more text than there was', () => {
    const option = fc.record({ label: fc.string(), value: fc.string() })
    fc.assert(
      fc.property(fc.string(), fc.array(option, { maxLength: 9 }), (text, options) => {
        const shown = showEntry({ id: '1', from: 'bot', text, options, at })
        expect(shown.options.map(({ label, value }) => ({ label, value }))).toEqual(options)
        expect(shown.text.length).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})
