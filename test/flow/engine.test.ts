import { describe, expect, it } from 'vitest'
import { advance, asksSecret } from '../../src/flow/engine.ts'
import { emptySession } from '../../src/flow/session.ts'
import { mustLoad, sampleFiles } from './sample-flows.ts'
import { talk } from './talk.ts'

const flows = mustLoad()
const now = new Date('2026-01-05T01:00:00Z')
const programmes = [
  { name: 'PKH', answer: 'YA', period: 'Januari 2026' },
  { name: 'Sembako', answer: 'TIDAK', period: '-' },
]

function atCheck() {
  const chat = talk(flows)
  chat.say('bansos', '17-08-1980', 'alak', '1234')
  return chat
}

function atCourses(count: number) {
  const chat = talk(flows)
  chat.say('pelatihan')
  const courses = Array.from({ length: count }, (_, i) => ({
    id: `c${i + 1}`,
    name: `Kelas ${i + 1}`,
    seats: 10 * i,
  }))
  chat.outcome('found', { courses })
  return chat
}

describe('advance', () => {
  describe('through a flow', () => {
    it('asks one question after the other and calls the action with the answers', () => {
      const chat = talk(flows)
      expect(chat.say('Cek Bansos')).toBe('Tanggal lahir Bapak/Ibu? Contoh: 17-08-1980')
      expect(chat.say('17-08-1980')).toBe('Tinggal di kelurahan apa?')
      expect(chat.say('alak')).toBe('Empat angka terakhir NIK?')
      expect(chat.say('1234')).toBe('')
      expect(chat.turn).toMatchObject({
        type: 'calling',
        action: 'check_assistance',
        input: { birth_date: '1980-08-17', kelurahan: '5399011001', nik_tail: '1234', way: 'chat' },
      })
    })

    it('goes on with the outcome and writes lists, dates and labels out', () => {
      const chat = atCheck()
      const said = chat.outcome('recipient', { name_masked: 'S*** M***', as_of: '2023-02-01', programmes })
      expect(said).toBe(
        'S*** M*** di Alak:\n• PKH: YA (Januari 2026)\n• Sembako: TIDAK (-)\nData per 1 Februari 2023.\n---\n' +
          'Ada lagi?\n1. Menu utama\n2. Petugas\n3. Selesai',
      )
      expect(chat.turn.visited).toEqual(['bansos/show', 'bansos/anything_else'])
    })

    it('leaves no blank where a value is empty', () => {
      const said = atCheck().outcome('recipient', { name_masked: '', as_of: '2023-02-01', programmes })
      expect(said).not.toMatch(/ $/m)
    })

    it('ends with nothing open but the prompt counter', () => {
      const chat = atCheck()
      chat.outcome('not_found')
      const { prompt } = chat.session
      expect(chat.say('3')).toBe('Terima kasih. Ketik menu kapan saja.')
      expect(chat.turn.type).toBe('ended')
      expect(chat.session).toEqual({ ...emptySession(), prompt })
    })

    it('hands over to an office', () => {
      const chat = atCheck()
      expect(chat.outcome('locked')).toBe('Pengecekan dikunci. Petugas akan membantu.')
      expect(chat.turn).toMatchObject({ type: 'ended', handoff: { office: 'dinsos/bansos' } })
    })

    it('keeps what an option saves', () => {
      const chat = talk(flows)
      chat.say('petugas')
      expect(chat.say('1')).toBe('Petugas akan membalas soal bansos.')
    })

    it('opens a step for the program with the values it gives', () => {
      const chat = talk(flows)
      chat.say('bansos')
      expect(chat.open('bansos/done', { name_masked: 'S***' })).toContain('Pengecekan S*** selesai.')
      expect(chat.open('bansos/start')).toContain('Tanggal lahir')
      expect(chat.session.values).toEqual({})
    })

    it('calls an unfinished action again when the person writes', () => {
      const chat = atCheck()
      chat.say('halo?')
      expect(chat.turn).toMatchObject({ type: 'calling', action: 'check_assistance' })
    })

    it('leaves answers behind when it goes to the start of another flow', () => {
      const chat = atCheck()
      chat.outcome('not_found')
      chat.say('1')
      expect(chat.place).toBe('menu/what')
      expect(chat.session.values).toEqual({})
      expect(chat.session.secrets).toEqual([])
    })

    it('does not change the session that it was given', () => {
      const session = emptySession()
      const before = JSON.stringify(session)
      advance(flows, session, { type: 'text', text: 'bansos', now })
      expect(JSON.stringify(session)).toBe(before)
    })
  })

  describe('at a choice', () => {
    it.each(['2', ' 2. ', '(2)', 'Ikut pelatihan', 'ikut pelatihan', 'pelatihan'])('takes %j', (text) => {
      const chat = talk(flows)
      chat.say('menu', text)
      expect(chat.place).toBe('pelatihan/list')
    })

    it('takes a slip in a label and a word of the option', () => {
      const chat = talk(flows)
      chat.say('menu', 'ikut pelathian')
      expect(chat.place).toBe('pelatihan/list')
      chat.say('menu', 'bansos pkh')
      expect(chat.place).toBe('bansos/birth_date')
    })

    it('takes the button of the open question', () => {
      const chat = talk(flows)
      chat.say('menu')
      chat.press('Ikut pelatihan')
      expect(chat.place).toBe('pelatihan/list')
    })

    it('refuses a button of an earlier question and asks the open one again', () => {
      const chat = talk(flows)
      chat.say('menu')
      const old = chat.turn.messages[0]!.options![1]!.value
      chat.press('Cek bantuan sosial')
      const said = chat.pressValue(old)
      expect(said).toBe(
        'Tombol itu dari pertanyaan yang lalu.\n\nTanggal lahir Bapak/Ibu? Contoh: 17-08-1980',
      )
      expect(chat.place).toBe('bansos/birth_date')
    })

    it('puts at most 60 bytes on a button', () => {
      const chat = talk(flows)
      chat.say('menu')
      for (const { value } of chat.turn.messages[0]!.options!)
        expect(Buffer.byteLength(value)).toBeLessThan(60)
    })

    it('answers a number that is not offered with the list again, and offers a person at the second miss', () => {
      const chat = talk(flows)
      chat.say('menu')
      expect(chat.say('9')).toContain('Maaf, kami belum paham.\n\nSelamat datang.')
      expect(chat.say('xyz')).toContain('masih belum paham')
    })

    it('asks which flow is meant by what names none of the options', () => {
      const chat = talk(flows)
      expect(chat.say('petugas', 'bantuan atau pelatihan')).toContain('1. Cek status bantuan\n2. Ikut')
      chat.say('2')
      expect(chat.place).toBe('pelatihan/list')
    })

    it('says which options a text could mean', () => {
      const chat = talk(flows)
      chat.say('petugas')
      expect(chat.say('soal')).toBe(
        'Maksud Bapak/Ibu yang mana?\n1. Soal bantuan\n2. Soal lain\n0. Bicara dengan petugas',
      )
      expect(chat.place).toBe('petugas/topic')
    })

    it('takes 0 for a person, and does not offer it twice', () => {
      const chat = atCheck()
      expect(chat.outcome('not_found')).not.toContain('0.')
      chat.say('menu')
      expect(chat.buttons).toContain('Bicara dengan petugas')
      chat.say('0')
      expect(chat.place).toBe('petugas/topic')
    })
  })

  describe('at a choice from a list', () => {
    it('shows a page, and the next one on demand', () => {
      const chat = atCourses(5)
      expect(chat.turn.messages[0]!.text).toBe(
        'Pelatihan mana?\n1. Kelas 1 (0 kursi)\n2. Kelas 2 (10 kursi)\n3. Kelas 3 (20 kursi)\nKetik lagi untuk lanjutan.\n0. Bicara dengan petugas',
      )
      expect(chat.say('lagi')).toContain('4. Kelas 4 (30 kursi)\n5. Kelas 5 (40 kursi)\nKetik sebelumnya')
      expect(chat.press('Sebelumnya')).toContain('1. Kelas 1')
    })

    it('saves the fields of the chosen row', () => {
      const chat = atCourses(5)
      chat.say('lagi')
      expect(chat.say('5')).toBe('Daftar Kelas 5?\n1. Ya\n2. Bukan')
      expect(chat.session.values).toMatchObject({ course_id: 'c5', course_name: 'Kelas 5' })
    })

    it('takes the label of a row', () => {
      const chat = atCourses(3)
      expect(chat.say('kelas 2')).toContain('Daftar Kelas 2?')
    })

    it('goes elsewhere when the list is empty', () => {
      const chat = atCourses(0)
      expect(chat.turn.messages[0]!.text).toContain('Belum ada pelatihan')
    })
  })

  describe('at a question', () => {
    it('says what is wrong and asks again, and offers a person at the second miss', () => {
      const chat = talk(flows)
      chat.say('bansos', '17-08-1980')
      expect(chat.say('alok')).toBe('Belum ketemu. Yang mirip: Alak.\n\nTinggal di kelurahan apa?')
      expect(chat.say('alok')).toContain('Bila sulit, ketik petugas.')
      chat.say('alak')
      expect(chat.session.misses).toBe(0)
    })

    it('does not repeat a secret answer, right or wrong', () => {
      const chat = talk(flows)
      chat.say('bansos')
      expect(chat.say('17 agustus rahasia')).toBe(
        'Itu belum tanggal: .\n\nTanggal lahir Bapak/Ibu? Contoh: 17-08-1980',
      )
      expect(chat.say('5-6-80')).toMatch(/^Tulis tanggal\./)
      expect(chat.say('5 juni 80')).toContain('Belum jelas bagi kami.')
      expect(chat.say('5-6-80')).not.toContain('1980-')
    })

    it('marks secret values and says when the next text is one', () => {
      const chat = talk(flows)
      expect(asksSecret(flows, chat.session)).toBe(false)
      chat.say('bansos')
      expect(asksSecret(flows, chat.session)).toBe(true)
      chat.say('17-08-1980')
      expect(asksSecret(flows, chat.session)).toBe(false)
      expect(chat.session.secrets).toEqual(['birth_date', 'birth_date_label'])
    })

    it('offers candidates by number and takes one', () => {
      const chat = talk(flows)
      chat.say('bansos', '17-08-1980')
      expect(chat.say('oesapa')).toBe(
        'Maksud Bapak/Ibu yang mana?\n1. Oesapa\n2. Oesapa Barat\n0. Bicara dengan petugas',
      )
      chat.say('2')
      expect(chat.session.values.kelurahan).toBe('5399021002')
    })

    it('asks back before it keeps a guess', () => {
      const chat = talk(flows)
      chat.say('bansos', '17-08-1980')
      expect(chat.say('lasina')).toBe('Maksud Bapak/Ibu Lasiana?\n1. Ya\n2. Bukan')
      expect(chat.say('tidak')).toBe('Tinggal di kelurahan apa?')
      chat.say('lasina', '👍')
      expect(chat.session.values.kelurahan_label).toBe('Lasiana')
    })

    it('takes another answer in place of a yes or no', () => {
      const chat = talk(flows)
      chat.say('bansos', '17-08-1980', 'lasina', 'alak')
      expect(chat.session.values.kelurahan_label).toBe('Alak')
    })

    it('goes where a person clearly wants to go instead', () => {
      const chat = talk(flows)
      chat.say('bansos', 'saya mau bicara dengan orang')
      expect(chat.place).toBe('petugas/topic')
    })

    it('takes yes and no by number, word, thumb and button', () => {
      for (const yes of ['1', 'ya', '👍']) {
        const chat = atCourses(2)
        chat.say('1', yes)
        expect(chat.session.values.sure).toBe(true)
      }
      const chat = atCourses(2)
      chat.say('1')
      chat.press('Bukan')
      expect(chat.session.values.sure).toBe(false)
    })

    it('takes a number for the answer where a number is asked', () => {
      const chat = atCourses(2)
      chat.say('1', 'ya', '0')
      expect(chat.session.values.age).toBe(0)
    })

    it('lets an optional question be skipped', () => {
      const chat = atCourses(2)
      expect(chat.say('1', 'ya', '30')).toBe('Ada catatan?\nKetik lewati bila tidak ada.')
      chat.say('lewati')
      expect(chat.session.values.note).toBeNull()
      expect(chat.place).toBe('pelatihan/photo')
    })

    it('takes a photo and a place where they are asked for, and nowhere else', () => {
      const chat = atCourses(2)
      const photo = { type: 'media', mediaId: 'm1', mediaType: 'photo', caption: '', now } as const
      expect(chat.send(photo)).toContain('Foto belum diperlukan di sini.\n\nPelatihan mana?')
      chat.say('1', 'ya', '30', 'lewati')
      expect(chat.say('nanti')).toContain('Kirim foto.\n\nKirim foto KTP.')
      chat.send(photo)
      chat.send({ type: 'location', latitude: -10.17, longitude: 123.6, now })
      expect(chat.turn).toMatchObject({ type: 'calling', action: 'register' })
      expect(chat.session.values).toMatchObject({ photo: 'm1', place_latitude: -10.17 })
    })

    it.each([
      ['', ''],
      ['🙂🙂', ''],
      ['x'.repeat(4001), 'Pesannya terlalu panjang.\n\n'],
    ])('answers unusable text politely', (text, answer) => {
      const chat = talk(flows)
      chat.say('bansos')
      expect(chat.say(text)).toBe(`${answer}Tanggal lahir Bapak/Ibu? Contoh: 17-08-1980`)
    })

    it.each(['voice', 'sticker', 'hologram'])('answers a %s and asks again', (what) => {
      const chat = talk(flows)
      chat.say('bansos')
      expect(chat.send({ type: 'unreadable', what, now })).toMatch(/\n\nTanggal lahir/)
    })
  })

  describe('commands', () => {
    it('opens the menu from anywhere', () => {
      const chat = talk(flows)
      chat.say('bansos', 'MENU!')
      expect(chat.place).toBe('menu/what')
    })

    it('goes back to the question before, and drops its answer', () => {
      const chat = talk(flows)
      chat.say('bansos', '17-08-1980', 'alak')
      expect(chat.say('kembali')).toBe('Tinggal di kelurahan apa?')
      expect(Object.keys(chat.session.values)).toEqual(['birth_date', 'birth_date_label'])
      expect(chat.say('kembali')).toContain('Tanggal lahir')
      expect(chat.session.values).toEqual({})
      expect(chat.session.secrets).toEqual([])
      expect(chat.say('kembali')).toContain('Ini sudah pertanyaan pertama.\n\nSelamat datang.')
    })

    it('gives up at once when nothing was answered, else after asking', () => {
      const chat = talk(flows)
      expect(chat.say('bansos', 'batal')).toContain('Baik, tidak jadi.\n\nSelamat datang.')
      expect(chat.say('bansos', '17-08-1980', 'batal')).toContain('Batalkan?\n1. Ya\n2. Tidak, lanjut\n0. ')
      expect(chat.say('bukan')).toBe('Tinggal di kelurahan apa?')
      expect(chat.say('batal', 'ya')).toContain('Baik, dibatalkan.')
      expect(chat.session.values).toEqual({})
    })

    it('has nothing to give up when nothing is open', () => {
      expect(talk(flows).say('batal')).toContain('Tidak ada yang sedang berjalan.\n\nSelamat datang.')
    })

    it('explains what is expected now', () => {
      const chat = talk(flows)
      expect(chat.say('bansos', 'bantuan')).toBe(
        'Ketik menu, kembali, batal atau petugas kapan saja.\n\nTulis tanggal.\n\nTanggal lahir Bapak/Ibu? Contoh: 17-08-1980',
      )
    })

    it('stops at once on STOP, in the middle of a free text question too', () => {
      const chat = atCourses(2)
      chat.say('1', 'ya', '30')
      expect(chat.place).toBe('pelatihan/note')
      chat.say('STOP')
      expect(chat.turn).toMatchObject({ type: 'calling', action: 'stop' })
    })

    it('forgives a slip in a command that harms nothing', () => {
      const chat = talk(flows)
      chat.say('bansos', 'mneu')
      expect(chat.place).toBe('menu/what')
    })

    it('asks before it follows a slip in a command that ends something', () => {
      const chat = talk(flows)
      expect(chat.say('bansos', '17-08-1980', 'btaal')).toContain('Batalkan?')
      chat.say('bukan')
      expect(chat.place).toBe('bansos/kelurahan')
      expect(chat.say('berhneti')).toContain('yakin?')
      expect(chat.place).toBe('bansos/kelurahan')
    })
  })

  describe('with nothing open', () => {
    it('opens the flow that a text clearly means', () => {
      const chat = talk(flows)
      expect(chat.say('beta mau tau bantuan')).toContain('Tanggal lahir')
    })

    it('opens where a topic leads, though the intent around it is unclear', () => {
      const chat = talk(flows)
      chat.say('berapa uangnya')
      expect(chat.turn).toMatchObject({ type: 'calling', action: 'list_courses' })
    })

    it('asks which of two flows is meant', () => {
      const chat = talk(flows)
      expect(chat.say('bantuan atau pelatihan')).toBe(
        'Maksud Bapak/Ibu yang mana?\n1. Cek status bantuan\n2. Ikut pelatihan\n0. Bicara dengan petugas',
      )
      expect(chat.turn.type).toBe('waiting')
      chat.say('2')
      expect(chat.place).toBe('pelatihan/list')
    })

    it('asks nothing where two meanings lead to the same step', () => {
      const same = mustLoad(
        sampleFiles().map(({ path, text }) => ({
          path,
          text: text.replace('daftar_pelatihan: pelatihan/start', 'daftar_pelatihan: bansos/start'),
        })),
      )
      const chat = talk(same)
      expect(chat.say('bantuan atau pelatihan')).toContain('Tanggal lahir Bapak/Ibu?')
    })

    it('offers a person once, and goes there when nothing else may be meant', () => {
      const chat = talk(flows)
      const asked = chat.say('orang atau bantuan')
      expect(asked).toContain('1. Cek status bantuan\n0. Bicara dengan petugas')
      expect(asked.match(/Bicara dengan petugas/g)).toHaveLength(1)
      const other = talk(flows)
      other.say('orang atau entah')
      expect(other.place).toBe('petugas/topic')
    })

    it('offers the menu, and at the second miss a person', () => {
      const chat = talk(flows)
      expect(chat.say('xyz')).toBe(
        'Maaf, kami belum paham.\n\nSelamat datang. Apa yang bisa kami bantu?\n1. Cek bantuan sosial\n2. Ikut pelatihan\n3. Tentang bot ini\n0. Bicara dengan petugas',
      )
      expect(chat.say('xyz')).toContain('Ketik petugas untuk bicara dengan orang.')
    })

    it('asks before it follows an intent that does harm', () => {
      const chat = talk(flows)
      expect(chat.say('hapus semua data saya')).toBe(
        'Hapus semua data. Bapak/Ibu yakin?\n1. Ya\n2. Bukan\n0. Bicara dengan petugas',
      )
      expect(chat.say('tidak')).toContain('Selamat datang.')
      chat.say('hapus semua data saya', 'ya')
      expect(chat.turn).toMatchObject({ type: 'calling', action: 'stop' })
    })

    it('answers an old button with the menu', () => {
      expect(talk(flows).pressValue('7.1')).toContain(
        'Tombol itu dari pertanyaan yang lalu.\n\nSelamat datang.',
      )
    })
  })

  describe('after an edit of the flow', () => {
    const edit = (change: (text: string) => string) =>
      mustLoad(
        sampleFiles().map((f) => (f.path.endsWith('bansos.yaml') ? { ...f, text: change(f.text) } : f)),
      )

    it('lets a person go on whose step is still there', () => {
      const before = talk(flows)
      before.say('bansos', '17-08-1980')
      const after = talk(
        edit((text) => text.replace('Tinggal di kelurahan apa?', 'Kelurahan?')),
        before.session,
      )
      expect(after.say('alok')).toContain('Kelurahan?')
      after.say('alak')
      expect(after.place).toBe('bansos/tail')
    })

    it('apologises and offers the menu when the step is gone', () => {
      const before = talk(flows)
      before.say('bansos', '17-08-1980', 'alak')
      const after = talk(
        edit((text) => text.replaceAll(/\btail\b/g, 'last_four')),
        before.session,
      )
      expect(after.say('1234')).toContain('Maaf, layanan ini baru saja diperbarui.\n\nSelamat datang.')
    })

    it('apologises when the step now relies on an answer that was never asked', () => {
      const before = talk(flows)
      before.say('bansos', '17-08-1980', 'alak')
      const extra = '  phone: { ask: "HP?", as: phone, save: phone, next: tail }\n'
      const after = talk(
        edit(
          (text) => `${text.replace('save: kelurahan, next: tail', 'save: kelurahan, next: phone')}${extra}`,
        ),
        before.session,
      )
      expect(after.say('1234')).toContain('baru saja diperbarui')
    })

    it('takes a session of an unknown flow to the menu', () => {
      const lost = talk(flows, { ...emptySession(), flow: 'gone', step: 'where', hash: 'x' })
      expect(lost.say('halo')).toContain('baru saja diperbarui')
    })

    it('apologises when what it offered to do is gone', () => {
      const pending = { type: 'sure', goal: { to: 'gone/start', title: 'Hilang' } } as const
      const lost = talk(flows, { ...emptySession(), pending })
      expect(lost.say('ya')).toContain('baru saja diperbarui')
    })

    it('does not mind a change that only a reader of the file sees', () => {
      const same = edit((text) => `# A comment.\n${text}\n`)
      expect(same.flows.get('bansos')!.hash).toBe(flows.flows.get('bansos')!.hash)
    })
  })
})
