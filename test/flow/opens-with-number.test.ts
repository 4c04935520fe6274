import { describe, expect, it } from 'vitest'
import { loadFlows } from '../../src/flow/load.ts'
import { fakeLanguage } from './fake-language.ts'
import { mustLoad, sampleActions, sampleFiles } from './sample-flows.ts'
import { talk } from './talk.ts'

/** The sample flows, in which words open a step of flow berhenti when a number follows. */
const files = (words: string) =>
  sampleFiles().map(({ path, text }) =>
    path === 'flows/petugas.yaml'
      ? {
          path,
          text: text
            .replace('start: topic', `start: topic\nopens_with_number: ${words}`)
            .concat('  kelas: { handoff: dinsos, say: "Kelas {{utterance}}." }\n'),
        }
      : { path, text },
  )
const flows = mustLoad(files('{ hadir: kelas, Masuk Kelas: kelas }'))

describe('opens_with_number', () => {
  it.each([
    ['hadir 123456', '123456'],
    ['Hadir 123 456', '123456'],
    ['hadir 1234 5678 9012', '123456789012'],
    ['hadir 1234-5678-9012', '123456789012'],
    ['masuk kelas 7', '7'],
    ['start hadir 123456', '123456'],
  ])('opens the step by %j with the number %s', (text, number) => {
    expect(talk(flows).say(text)).toContain(`Kelas ${number}.`)
  })

  it.each(['hadir', 'hadir besok', '123456', 'tidak hadir 12', 'hadir 12 orang', 'hadir 1234567890123'])(
    'leaves %j alone',
    (text) => {
      expect(talk(flows).say(text)).not.toContain('Kelas')
    },
  )

  it('opens it also in the middle of a form, which can be gone on with', () => {
    const chat = talk(flows)
    chat.say('bansos')
    expect(chat.say('hadir 12')).toContain('Kelas 12.')
  })

  it('must name a step that is there, and a word only once', () => {
    const broken = (words: string) => {
      const loaded = loadFlows({ files: files(words), actions: sampleActions, language: fakeLanguage() })
      return loaded.type === 'broken'
        ? loaded.problems.map(({ step, what }) => `${step} ${what}`).join('\n')
        : ''
    }
    expect(broken('{ hadir: nowhere }')).toContain('nowhere is named as an entrance')
    expect(broken('{ hadir: kelas, Hadir: kelas }')).toContain('already opens petugas')
  })
})
