import { describe, expect, it } from 'vitest'
import { mustLoad, sampleFiles } from './sample-flows.ts'
import { talk } from './talk.ts'

const courtesies = `
courtesies:
  beside: [pak]
  kinds:
    thanks: { words: [terima kasih], reply: Sama-sama. }
    morning: { words: [selamat pagi], reply: Selamat pagi., menu: true }
    fine: { words: [ok], reply: Baik. }
`
const flows = mustLoad(
  sampleFiles().map((file) =>
    file.path.endsWith('system.yaml') ? { ...file, text: `${file.text}${courtesies}` } : file,
  ),
)

describe('hearCourtesy', () => {
  it('greets back with the menu, and counts no miss', () => {
    const chat = talk(flows)
    const menu = talk(flows).say('menu')
    expect(chat.say('Selamat pagi pak!')).toBe(`Selamat pagi.\n\n${menu}`)
    expect(chat.session.misses).toBe(0)
  })

  it('takes thanks without asking anything again', () => {
    const chat = talk(flows)
    chat.say('menu')
    expect(chat.say('ok terima kasih')).toBe('Sama-sama.')
    expect(chat.place).toBe('menu/what')
  })

  it('asks a form on after a greeting', () => {
    const chat = talk(flows)
    chat.say('bansos')
    expect(chat.say('selamat pagi')).toBe('Selamat pagi.\n\nTanggal lahir Bapak/Ibu? Contoh: 17-08-1980')
  })

  it('leaves alone what says more than a courtesy', () => {
    const chat = talk(flows)
    chat.say('menu')
    expect(chat.say('selamat pagi xyz')).toContain('belum paham')
    expect(chat.say('pak')).toContain('belum paham')
  })
})
