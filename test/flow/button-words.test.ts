import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buttonOfWords, wordsOfButton } from '../../src/flow/button-words.ts'
import { advance } from '../../src/flow/engine.ts'
import { opensByWords } from '../../src/flow/opens-by-words.ts'
import { pressedLabel } from '../../src/flow/pressed-label.ts'
import { emptySession, sessionSchema } from '../../src/flow/session.ts'
import { mustLoad, sampleFiles } from './sample-flows.ts'
import { talk } from './talk.ts'

/** The sample flows, in which a word opens a step when a number follows, and which ask for a message. */
const flows = mustLoad(
  sampleFiles().map(({ path, text }) =>
    path === 'flows/petugas.yaml'
      ? {
          path,
          text: text
            .replace(
              'start: topic',
              'start: topic\nopens_with: [pesan]\nopens_with_number: { daftar: kelas }',
            )
            .concat(
              '  kelas: { ask: "Kelas {{utterance}}. Pesannya?", as: text, save: message, next: topic }\n',
            ),
        }
      : { path, text },
  ),
)
const now = new Date('2026-01-05T01:00:00Z')
const from = (...said: string[]) => {
  const chat = talk(flows)
  if (said.length > 0) chat.say(...said)
  return chat
}

describe('a button of words', () => {
  it.each([
    ['with nothing open', []],
    ['in the menu', ['menu']],
    ['in the middle of a form', ['bansos']],
    ['at a question that asks for a message', ['daftar 7']],
    ['while it is asked whether to give up', ['bansos', '17-08-1980', 'batal']],
  ])('opens what the words open, %s', (_, said) => {
    for (const words of ['daftar 12', 'menu', 'petugas']) {
      expect(from(...said).send({ type: 'choice', value: buttonOfWords(words), now })).toBe(
        from(...said).say(words),
      )
    }
    expect(from(...said).pressValue('w:Daftar 12')).toContain('Kelas 12.')
  })

  it('keeps the form that it interrupts', () => {
    const chat = from('bansos')
    chat.pressValue('w:daftar 12')
    expect(chat.session.kept).toMatchObject({ flow: 'bansos' })
  })

  it('is no answer to a question for a message, unlike the same word when it is written', () => {
    const chat = from('daftar 7')
    expect(chat.pressValue('w:pelatihan')).toBe(from('pelatihan').pressValue('w:pelatihan'))
    expect(chat.session.flow).toBe('pelatihan')
    expect(from('daftar 7').say('pelatihan')).not.toContain('Pilih pelatihan')
  })

  it('counts also where an edit took the step away', () => {
    const chat = talk(flows, { ...emptySession(), flow: 'bansos', step: 'gone' })
    expect(chat.pressValue('w:daftar 12')).toContain('Kelas 12.')
  })

  it('is told to an officer by its words', () => {
    expect(pressedLabel(flows, emptySession(), 'w:daftar 12')).toBe('daftar 12')
  })

  it('is any other button when it is empty or longer than a button can be', () => {
    for (const value of ['w:', 'w:  ', `w:${'a'.repeat(59)}`, `w:${'é'.repeat(30)}`]) {
      expect(wordsOfButton(value)).toBeUndefined()
      expect(from('menu').pressValue(value)).toBe(from('menu').pressValue('0.1'))
    }
    expect(wordsOfButton(`w:${'a'.repeat(58)}`)).toHaveLength(58)
  })

  it('never breaks the engine, whatever its words', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 70 }),
      fc.constantFrom(
        'menu',
        'stop',
        '1',
        '0',
        'ya',
        'batal',
        'daftar 12',
        '__proto__',
        '{{utterance}}',
        'w:menu',
      ),
    )
    const place = fc.constantFrom([], ['menu'], ['bansos'], ['bansos', '17-08-1980', 'batal'], ['daftar 7'])
    fc.assert(
      fc.property(word, place, (words, said) => {
        const { session } = from(...said)
        const turn = advance(flows, session, { type: 'choice', value: buttonOfWords(words), now })
        expect(sessionSchema.parse(JSON.parse(JSON.stringify(turn.session)))).toEqual(turn.session)
        if (turn.type !== 'calling') expect(turn.messages.length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })
})

describe('opensByWords', () => {
  it.each(['bansos', 'Bansos', 'menu', 'petugas', 'daftar 12', 'Daftar  12', 'start daftar 3', 'pesan'])(
    'holds for %j',
    (words) => expect(opensByWords(flows, words)).toBe(true),
  )

  it.each([
    '',
    ' ',
    '12',
    'daftar',
    'daftar dua',
    'mendaftar 12',
    'bansos saya',
    'STOP',
    'berhenti',
    'Batal',
    'kembali',
    'saya mau bicara dengan orang',
    '__proto__',
  ])('does not hold for %j', (words) => expect(opensByWords(flows, words)).toBe(false))

  it('says nothing of words that open no step: pressing others opens one for sure', () => {
    for (const words of ['bansos', 'daftar 12', 'pesan', 'menu']) {
      for (const said of [[], ['bansos'], ['daftar 7'], ['menu']]) {
        const chat = from(...said)
        chat.pressValue(buttonOfWords(words))
        expect(chat.turn.visited.length).toBeGreaterThan(0)
      }
    }
  })
})
