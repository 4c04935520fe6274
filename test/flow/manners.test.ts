import { describe, expect, it } from 'vitest'
import { sessionSchema } from '../../src/flow/session.ts'
import { mustLoad, sampleFiles } from './sample-flows.ts'
import { talk } from './talk.ts'

const letter = `
flow: surat
title: Tulis surat
opens_with: [surat]
start: write
steps:
  write: { ask: Tulis pesan., as: text, save: message, next: more }
  told: { say: "Kami terima: {{utterance}}", next: more }
  more: { ask: Ada tambahan?, as: text, save: message, extra: true, next: more }
`
const city = `
flow: kota
title: Kota
opens_with: [kota]
start: ask
steps:
  ask: { ask: Kelurahan apa?, as: kelurahan, save: place, problems: { kelurahan.unknown: outside }, next: said }
  said: { say: "Dari {{place_label}}. {{place_code}}", next: outside }
  outside: { choose: Di luar kota?, options: [{ label: Tulis lagi, goes_to: ask }, { label: Menu utama, goes_to: menu/start }] }
`
const flows = mustLoad([
  ...sampleFiles().map(({ path, text }) => ({
    path,
    text: text.replace(
      'bicara_petugas: petugas/start',
      'bicara_petugas: { goes_to: petugas/start, told: { goes_to: surat/told, words: 5 } }',
    ),
  })),
  { path: 'flows/surat.yaml', text: letter },
  { path: 'flows/kota.yaml', text: city },
])

function inForm() {
  const chat = talk(flows)
  chat.say('bansos', '17-08-1980')
  return chat
}

describe('advance', () => {
  describe('where an answer is not needed', () => {
    const asked = () => {
      const chat = talk(flows)
      chat.say('pelatihan')
      chat.outcome('found', { courses: [{ id: 'a', name: 'Las', seats: 3 }] })
      chat.say('1', 'ya', '20')
      return chat
    }

    it.each(['tidak', 'bukan', 'lewati'])('takes %j for not wanting to answer', (text) => {
      const chat = asked()
      chat.say(text)
      expect(chat.session.values).toMatchObject({ note: null })
    })

    it('takes anything else for the answer', () => {
      const chat = asked()
      chat.say('tidak makan daging')
      expect(chat.session.values).toMatchObject({ note: 'tidak makan daging' })
    })

    it('goes on asking where it is needed', () => {
      const chat = inForm()
      chat.say('tidak')
      expect(chat.session).toMatchObject({ flow: 'bansos', values: {} })
      expect(chat.session.misses).toBe(1)
    })
  })

  describe('when answers cannot be read', () => {
    it('offers other ways after the third', () => {
      const chat = inForm()
      expect(chat.say('alok', 'alok', 'alok')).toContain(
        'Mau cara lain?\n1. Coba lagi\n2. Bicara dengan petugas\n3. Menu utama',
      )
      expect(chat.say('1')).toBe('Tinggal di kelurahan apa?')
      chat.say('alok', 'alok', 'alok', '2')
      expect(chat.place).toBe('petugas/topic')
    })

    it('still takes the answer in place of another way', () => {
      const chat = inForm()
      chat.say('alok', 'alok', 'alok', 'alak')
      expect(chat.session.values.kelurahan_label).toBe('Alak')
    })

    it('goes where the flow says for a problem', () => {
      const chat = talk(flows)
      expect(chat.say('kota', 'alok')).toContain('Di luar kota?')
      chat.say('1', 'alak')
      expect(chat.session.values.place_label).toBe('Alak')
    })

    it('tells who does not know where to look, and counts no miss', () => {
      const chat = inForm()
      expect(chat.say('beta lupa')).toBe('Lihat di KTP.\n\nTinggal di kelurahan apa?')
      expect(chat.session.misses).toBe(0)
    })
  })

  describe('when a form is left', () => {
    it.each(['petugas', 'cek bot', 'saya mau bicara dengan orang'])('goes on with it after %j', (away) => {
      const chat = inForm()
      chat.say(away)
      expect(chat.place).not.toContain('bansos')
      expect(chat.say('lanjut')).toBe('Tinggal di kelurahan apa?')
      expect(chat.session.values).toMatchObject({ birth_date: '1980-08-17' })
      expect(chat.session.secrets).toContain('birth_date')
    })

    it('offers to go on, and does by the button', () => {
      const chat = inForm()
      expect(chat.say('cek bot')).toContain('Ketik lanjut untuk kembali ke isian tadi.')
      expect(chat.press('Lanjut')).toBe('Tinggal di kelurahan apa?')
    })

    it.each(['menu', 'bansos'])('forgets it after %j', (said) => {
      const chat = inForm()
      chat.say('petugas', said)
      expect(chat.session.kept).toBeNull()
    })

    it('reads sessions that were stored before', () => {
      const { kept: _, ...old } = inForm().session
      expect(sessionSchema.parse(old)).toMatchObject({ kept: null })
    })
  })

  describe('at a confirmation', () => {
    it('drops it for what clearly means something else', () => {
      const chat = talk(flows)
      chat.say('hapus semua data saya', 'beta mau tau bantuan')
      expect(chat.place).toBe('bansos/birth_date')
    })

    it('takes two misses for a no', () => {
      const chat = inForm()
      chat.say('batal', 'xyz')
      expect(chat.say('xyz')).toBe('Baik, tidak jadi.\n\nTinggal di kelurahan apa?')
    })
  })

  describe('at a message', () => {
    it('takes a lone figure for a wish to leave', () => {
      const chat = talk(flows)
      expect(chat.say('surat', '2')).toContain('Batalkan?')
      expect(chat.say('2')).toBe('Tulis pesan.')
    })

    it('does not send on a word that only wants to go back', () => {
      expect(talk(flows).say('surat', 'lanjut')).toBe('Tulis pesan.')
    })

    it('takes additions until there are none', () => {
      const chat = talk(flows)
      expect(chat.say('surat', 'halo', 'satu lagi')).toBe('Ada tambahan?')
      expect(chat.session.values.message).toBe('satu lagi')
      expect(chat.say('selesai')).toContain('Selamat datang.')
    })

    it('asks whether what means something else is an addition', () => {
      const chat = talk(flows)
      expect(chat.say('surat', 'halo', 'beta mau tau bantuan')).toContain('2. Tambahkan')
      chat.say('2')
      expect(chat.session.values.message).toBe('beta mau tau bantuan')
      chat.say('beta mau tau bantuan', 'dan ini')
      expect(chat.session.values.message).toBe('beta mau tau bantuan\ndan ini')
      chat.say('beta mau tau bantuan', '1')
      expect(chat.place).toBe('bansos/birth_date')
    })

    it('takes a sentence that says more along', () => {
      expect(talk(flows).say('saya mau bicara dengan orang')).toContain(
        'Kami terima: saya mau bicara dengan orang',
      )
    })
  })
})
