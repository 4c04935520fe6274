import { describe, expect, it } from 'vitest'
import { mustLoad, sampleFiles } from './sample-flows.ts'
import { talk } from './talk.ts'

/** The sample flows with a question to say yes or no to, at the choice of flow petugas. */
const flows = mustLoad(
  sampleFiles().map(({ path, text }) => {
    if (path !== 'flows/petugas.yaml') return { path, text }
    const options = text
      .replace(
        'label: Soal bantuan, goes_to: hand',
        'label: "Setuju, simpan", goes_to: hand, words: [ya, simpan]',
      )
      .replace('label: Soal lain, goes_to: hand', 'label: Lain kali, goes_to: hand, words: [tidak, nanti]')
    return { path, text: options }
  }),
)

function said(text: string): string {
  const chat = talk(flows)
  chat.say('petugas')
  return chat.say(text)
}

describe('a choice', () => {
  it('is made by a word of an option with a form of address beside it', () => {
    expect(said('nanti pak')).toContain('membalas soal lain')
    expect(said('simpan pak')).toContain('membalas soal bansos')
  })

  it('is made by a thumb where the options say yes and no', () => {
    expect(said('👍')).toContain('membalas soal bansos')
  })

  it('is not made by what says something else', () => {
    expect(said('entahlah')).not.toContain('membalas')
  })
})
