import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Pending, Session } from '../../src/flow/session.ts'
import { emptySession } from '../../src/flow/session.ts'
import { mustLoad, sampleFiles } from './sample-flows.ts'
import { talk } from './talk.ts'

const flows = mustLoad()
const now = new Date('2026-01-05T01:00:00Z')
const changed = 'Maaf, layanan ini baru saja diperbarui.'
const menu = 'Selamat datang.'

/** The flows after an edit that gave one file other words. */
const edited = (file: string, change: (text: string) => string) =>
  mustLoad(sampleFiles().map((f) => (f.path.endsWith(`/${file}`) ? { ...f, text: change(f.text) } : f)))

const withoutTail = edited('bansos.yaml', (text) => text.replaceAll(/\btail\b/g, 'last_four'))

/** Somebody in the middle of a form whose step is gone since, perhaps with a side question open. */
function lost(...said: string[]) {
  const before = talk(flows)
  before.say('bansos', '17-08-1980', 'alak', ...said)
  return talk(withoutTail, before.session)
}

function asked(pending: Pending, misses = 0) {
  const session: Session = { ...emptySession(), flow: 'gone', step: 'where', hash: 'x', prompt: 7, misses }
  return talk(flows, { ...session, pending })
}

const stop = { to: 'berhenti/stop', title: 'Berhenti berlangganan' }

describe('hearLost', () => {
  it.each(['berhenti', 'STOP', 'unsub'])('stops at once on %j, and apologises for nothing', (word) => {
    const chat = lost()
    expect(chat.say(word)).toBe('')
    expect(chat.turn).toMatchObject({ type: 'calling', action: 'stop' })
    expect(chat.outcome('stopped')).toBe('Baik, kami berhenti. Ketik menu bila perlu.')
  })

  it.each(['petugas', '0', '(0)'])('takes %j for a person', (word) => {
    const chat = lost()
    expect(chat.say(word)).toMatch(/^Tentang apa\?/)
    expect(chat.place).toBe('petugas/topic')
    expect(chat.session.kept).toBeNull()
  })

  it('shows that the bot is real', () => {
    expect(lost().say('cek bot')).toMatch(/^Bot resmi tidak pernah meminta OTP\./)
  })

  it.each(['menu', 'kembali', 'batal'])('apologises and opens the menu on %j', (word) => {
    const chat = lost()
    expect(chat.say(word)).toMatch(new RegExp(`^${changed}\n\n${menu}`))
    expect(chat.place).toBe('menu/what')
  })

  it('apologises and explains on "bantuan"', () => {
    const chat = lost()
    expect(chat.say('bantuan')).toContain(`${changed}\n\nKetik menu, kembali, batal atau petugas`)
    expect(chat.place).toBe('menu/what')
  })

  it('apologises and follows a word or a sentence that opens a flow, from its start', () => {
    for (const text of ['bansos', 'beta mau tau bantuan']) {
      const chat = lost()
      expect(chat.say(text)).toMatch(new RegExp(`^${changed}\n\nTanggal lahir`))
      expect(chat.session.values).toEqual({})
    }
  })

  it('apologises and asks before it follows a wish that does harm', () => {
    const chat = lost()
    expect(chat.say('hapus semua data saya')).toContain(`${changed}\n\nHapus semua data. Bapak/Ibu yakin?`)
    chat.say('ya')
    expect(chat.turn).toMatchObject({ type: 'calling', action: 'stop' })
  })

  it('apologises and asks what is meant by a wish that is not clear, and by a slip in the word to stop', () => {
    expect(lost().say('bantuan atau pelatihan')).toContain(`${changed}\n\nMaksud Bapak/Ibu yang mana?`)
    const chat = lost()
    expect(chat.say('berhneti')).toContain('yakin?')
    chat.say('ya')
    expect(chat.turn).toMatchObject({ type: 'calling', action: 'stop' })
  })

  it.each(['1234', '2', 'ya', 'halo', '', '🙏', 'x'.repeat(5000)])(
    'apologises, offers the menu and keeps nothing of what only answered the step (%#)',
    (text) => {
      const chat = lost()
      expect(chat.say(text)).toMatch(new RegExp(`^${changed}\n\n${menu}`))
      expect(chat.session).toMatchObject({ flow: 'menu', values: {}, secrets: [], trail: [], pending: null })
    },
  )

  it('apologises for a picture, a place and what cannot be read', () => {
    const inputs = [
      { type: 'media', mediaId: 'm', mediaType: 'photo', caption: '', now },
      { type: 'location', latitude: 1, longitude: 2, now },
      { type: 'unreadable', what: 'voice', now },
    ] as const
    for (const input of inputs) expect(lost().send(input)).toMatch(new RegExp(`^${changed}\n\n${menu}`))
  })

  describe('with a side question open', () => {
    it.each(['ya', '1', '👍'])('stops when %j says that this was meant', (yes) => {
      const chat = lost('berhneti')
      expect(chat.say(yes)).toBe('')
      expect(chat.turn).toMatchObject({ type: 'calling', action: 'stop' })
    })

    it('stops by the button too, but not by one of an earlier question', () => {
      const chat = asked({ type: 'sure', goal: stop })
      expect(chat.pressValue('6.1')).toContain(changed)
      const fresh = asked({ type: 'sure', goal: stop })
      fresh.pressValue('7.1')
      expect(fresh.turn).toMatchObject({ type: 'calling', action: 'stop' })
    })

    it('stops also when the flow that stops begins at another step now', () => {
      const chat = asked({ type: 'sure', goal: { ...stop, to: 'berhenti/start_of_before' } })
      chat.say('ya')
      expect(chat.turn).toMatchObject({ type: 'calling', action: 'stop' })
    })

    it.each(['tidak', '2', 'bukan'])('does not stop when %j says that this was not meant', (no) => {
      const chat = lost('berhneti')
      expect(chat.say(no)).toContain(`${changed}\n\n${menu}`)
      expect(chat.session.pending).toBeNull()
    })

    it('goes where one of several goals leads, if that is still there', () => {
      const gone = { to: 'gone/start', title: 'Hilang' }
      const goals = [gone, { to: 'pelatihan/list', title: 'Ikut pelatihan' }]
      const chat = asked({ type: 'goals', goals })
      chat.say('ikut pelatihan')
      expect(chat.place).toBe('pelatihan/list')
      expect(asked({ type: 'goals', goals }).say('1')).toContain(changed)
      expect(asked({ type: 'goals', goals }).say('9')).toContain(changed)
    })

    it('takes who needs another way to a person, by number, word and button', () => {
      for (const text of ['2', 'bicara dengan petugas']) {
        const chat = asked({ type: 'stuck' })
        chat.say(text)
        expect(chat.place).toBe('petugas/topic')
      }
      const chat = asked({ type: 'stuck' })
      chat.pressValue('7.2')
      expect(chat.place).toBe('petugas/topic')
      expect(asked({ type: 'stuck' }).say('1')).toContain(changed)
    })

    it('takes the button for a person under any question', () => {
      const chat = asked({ type: 'cancel' })
      chat.pressValue('7.0')
      expect(chat.place).toBe('petugas/topic')
    })

    it('takes no reading of an answer whose question is gone', () => {
      const candidates = [{ value: '5399011001', label: 'Alak' }]
      expect(asked({ type: 'answer', candidates }).say('ya')).toMatch(new RegExp(`^${changed}\n\n${menu}`))
    })

    it('still offers the menu to who agrees to give up', () => {
      expect(lost('batal').say('ya')).toMatch(new RegExp(`^${changed}\n\n${menu}`))
    })
  })

  it('stops on STOP wherever a person stands, whatever was edited since', () => {
    const sets = [flows, withoutTail]
    const texts = [
      'bansos',
      '17-08-1980',
      'alak',
      'oesapa',
      'lasina',
      '1234',
      'xyz',
      'batal',
      'berhneti',
      'petugas',
    ]
    const others = [
      'pelatihan',
      'hapus semua data saya',
      'bantuan atau pelatihan',
      '1',
      '2',
      '5-6-80',
      'bantuan',
    ]
    const said = fc.array(fc.constantFrom(...texts, ...others), { maxLength: 8 })
    fc.assert(
      fc.property(said, fc.constantFrom(...sets), fc.boolean(), (before, set, forget) => {
        const first = talk(flows)
        for (const text of before) first.say(text)
        const from =
          forget && first.session.flow !== null ? { ...first.session, flow: 'gone' } : first.session
        const chat = talk(set, from)
        chat.say('STOP')
        expect(chat.turn).toMatchObject({ type: 'calling', action: 'stop', visited: ['berhenti/stop'] })
      }),
    )
  })
})
