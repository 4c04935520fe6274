import { describe, expect, it } from 'vitest'
import { loadFlows } from '../../src/flow/load.ts'
import { fakeLanguage } from './fake-language.ts'
import { mustLoad, sampleActions, sampleFiles } from './sample-flows.ts'
import { talk } from './talk.ts'

/** The sample flows, whose courses go by the words in a field of their row too. */
const files = (field: string) =>
  sampleFiles().map(({ path, text }) =>
    path === 'flows/pelatihan.yaml'
      ? { path, text: text.replace('    page: 3\n', `    page: 3\n    words: ${field}\n`) }
      : { path, text },
  )
const flows = mustLoad(files('id'))
const courses = [
  { id: 'las, bansos, tukang las', name: 'Mengelas', seats: 3 },
  { id: '', name: 'Menjahit', seats: 4 },
  { id: 'x', name: 'Barista', seats: 5 },
  { id: 'rias', name: 'Tata rias', seats: 5 },
]
const choosing = () => {
  const chat = talk(flows)
  chat.say('pelatihan')
  chat.outcome('found', { courses })
  return chat
}

describe('words of a choice from a list', () => {
  it.each(['las', 'Tukang Las', 'bansos', 'Mengelas (3 kursi)'])(
    'choose the row by %j, also where it opens another flow',
    (text) => {
      expect(choosing().say(text)).toContain('Daftar Mengelas?')
    },
  )

  it('count for rows that are shown only', () => {
    expect(choosing().say('rias')).not.toContain('Daftar')
    expect(choosing().say('lagi', 'rias')).toContain('Daftar Tata rias?')
  })

  it('leave commands and numbers what they are', () => {
    expect(choosing().say('menu')).toContain('1.')
    expect(choosing().say('2')).toContain('Daftar Menjahit?')
  })

  it('must stand in a field that the rows have', () => {
    const loaded = loadFlows({ files: files('nowhere'), actions: sampleActions, language: fakeLanguage() })
    expect(loaded).toMatchObject({
      type: 'broken',
      problems: [{ step: 'pick', what: 'rows of "courses" have no field "nowhere"' }],
    })
  })
})
