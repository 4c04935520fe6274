import { describe, expect, it } from 'vitest'
import { drawFlow } from '../../src/flow/draw.ts'
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

  it('takes along what seems to mean a step that it names, and only that', () => {
    const said = (own: string, words: string) => {
      const chat = talk(mustLoad(files(`{ save: words, goes_to: told, own: [${own}] }`)))
      chat.say('petugas')
      return chat.say(words)
    }
    expect(said('bansos/start', 'beta mau tau bantuan')).toContain('Kami teruskan: beta mau tau bantuan')
    expect(said('pelatihan/list', 'beta mau tau bantuan')).not.toContain('Kami teruskan')
    const loaded = loadFlows({
      files: files('{ save: words, goes_to: told, own: [bansos/start] }'),
      actions: sampleActions,
      language: fakeLanguage(),
    })
    expect(loaded.type).toBe('loaded')
  })

  it('takes what names no row of a list along, too', () => {
    const rows = mustLoad(
      sampleFiles().map(({ path, text }) => {
        if (path !== 'flows/pelatihan.yaml') return { path, text }
        const open = text.replace(
          '    page: 3\n',
          '    page: 3\n    otherwise: { save: words, goes_to: told }\n',
        )
        return { path, text: `${open}  told: { say: "Kami cari {{words}}.", next: menu/start }\n` }
      }),
    )
    const chat = talk(rows)
    chat.say('pelatihan')
    chat.outcome('found', { courses: [{ id: '1', name: 'Las', seats: 3 }] })
    expect(chat.say('yang jahit')).toContain('Kami cari yang jahit.')
    expect(drawFlow(rows.flows.get('pelatihan')!)).toContain('|"otherwise"|')
    const other = talk(rows)
    other.say('pelatihan')
    other.outcome('found', { courses: [{ id: '1', name: 'Las', seats: 3 }] })
    other.say('las')
    expect(other.place).toBe('pelatihan/sure')
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
