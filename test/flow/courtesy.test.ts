import { describe, expect, it } from 'vitest'
import { mustLoad, sampleFiles } from './sample-flows.ts'
import { talk } from './talk.ts'

const courtesies = `
courtesies:
  beside: [pak]
  kinds:
    thanks: { words: [terima kasih], reply: Sama-sama. }
    morning: { words: [selamat pagi], reply: Selamat pagi., menu: true }
    fine: { words: [ok, ya], reply: Baik. }
`
const flows = mustLoad(
  sampleFiles().map((file) =>
    file.path.endsWith('system.yaml') ? { ...file, text: `${file.text}${courtesies}` } : file,
  ),
)

/** The same, with a choice in the middle of a form. */
const withChoice = mustLoad(
  sampleFiles().map(({ path, text }) => {
    if (path.endsWith('system.yaml')) return { path, text: `${text}${courtesies}` }
    if (!path.endsWith('pelatihan.yaml')) return { path, text }
    const choice =
      '  when: { choose: Kapan?, options: [{ label: Besok, goes_to: sure }, { label: Lusa, goes_to: sure }] }\n'
    return { path, text: `${text.replace('next: sure', 'next: when')}${choice}` }
  }),
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

  it('loses no choice in the middle of a form, and repeats none for thanks', () => {
    const chat = talk(withChoice)
    chat.say('pelatihan')
    chat.outcome('found', { courses: [{ id: '1', name: 'Las', seats: 3 }] })
    chat.say('1')
    const question = chat.say('selamat pagi')
    expect(question).toContain('Selamat pagi.')
    expect(question).toContain('Kapan?')
    expect(chat.say('ok')).toBe('Baik.')
    expect(chat.place).toBe('pelatihan/when')
  })

  it('is the answer where yes or no is asked', () => {
    const chat = talk(flows)
    chat.say('pelatihan')
    chat.outcome('found', { courses: [{ id: '1', name: 'Las', seats: 3 }] })
    expect(chat.say('1')).toContain('Daftar Las?')
    expect(chat.say('ya')).toBe('Umur?')
    expect(chat.session.values.sure).toBe(true)
  })

  it('is a row of a list where that is called so', () => {
    const chat = talk(flows)
    chat.say('pelatihan')
    chat.outcome('found', {
      courses: [
        { id: '1', name: 'Las', seats: 3 },
        { id: '2', name: 'Ok', seats: 1 },
      ],
    })
    expect(chat.say('Ok (1 kursi)')).toContain('Daftar Ok?')
  })

  it('leaves alone what says more than a courtesy', () => {
    const chat = talk(flows)
    chat.say('menu')
    expect(chat.say('selamat pagi xyz')).toContain('belum paham')
    expect(chat.say('pak')).toContain('belum paham')
  })
})
