import { describe, expect, it } from 'vitest'
import { loadFlows } from '../../src/flow/load.ts'
import { fakeLanguage } from './fake-language.ts'
import { mustLoad, sampleActions, sampleFiles } from './sample-flows.ts'
import { talk } from './talk.ts'

/** The sample flows with an `otherwise` at the choice of flow petugas. */
const files = (otherwise: string) =>
  sampleFiles().map((file) =>
    file.path === 'flows/petugas.yaml'
      ? {
          ...file,
          text: file.text
            .replace('choose: Tentang apa?', `choose: Tentang apa?\n    otherwise: ${otherwise}`)
            .concat('  told: { handoff: dinsos, say: "Kami teruskan: {{words}}." }\n'),
        }
      : file,
  )
const flows = mustLoad(files('{ save: words, goes_to: told }'))

describe('otherwise', () => {
  it('takes what is none of the options along, as it was written', () => {
    const chat = talk(flows)
    chat.say('petugas')
    expect(chat.say('  kapan KANTOR buka?  ')).toContain('Kami teruskan: kapan KANTOR buka?.')
  })

  it.each(['2', 'soal lain'])('leaves %j to the options', (text) => {
    const chat = talk(flows)
    chat.say('petugas')
    expect(chat.say(text)).toContain('Petugas akan membalas soal lain')
  })

  it('leaves what clearly means another flow to that flow, and commands to themselves', () => {
    const chat = talk(flows)
    chat.say('petugas')
    expect(chat.say('beta mau tau bantuan')).not.toContain('Kami teruskan')
    chat.say('petugas')
    expect(chat.say('menu')).toContain('Selamat datang')
  })

  it('takes along what means another step of the same flow where it says so', () => {
    const own = (words: string) =>
      mustLoad(
        files(words).map(({ path, text }) => {
          if (path === 'flows/system.yaml')
            return { path, text: text.replace('cek_bansos: bansos/start', 'cek_bansos: petugas/else') }
          return { path, text: path === 'flows/petugas.yaml' ? `${text}  else: { handoff: dinsos }\n` : text }
        }),
      )
    const said = (words: string) => {
      const chat = talk(own(words))
      chat.say('petugas')
      return chat.say('beta mau tau bantuan')
    }
    expect(said('{ save: words, goes_to: told, own: true }')).toContain('Kami teruskan: beta mau tau bantuan')
    expect(said('{ save: words, goes_to: told }')).not.toContain('Kami teruskan')
  })

  it('must lead to a step that is there, and its words are set on that way only', () => {
    const broken = (otherwise: string) => {
      const loaded = loadFlows({ files: files(otherwise), actions: sampleActions, language: fakeLanguage() })
      return loaded.type === 'broken' ? loaded.problems.map(({ what }) => what).join('\n') : ''
    }
    expect(broken('{ save: words, goes_to: nowhere }')).toContain('nowhere')
    expect(broken('{ save: other, goes_to: told }')).toContain('words')
    expect(broken('{ save: words, goes_to: hand }')).not.toBe('')
  })
})
