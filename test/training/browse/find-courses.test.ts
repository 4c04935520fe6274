import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aspects, standings } from '../../../src/training/browse/browse-words.ts'
import { at, type BrowseWorld, meeting, openBrowseWorld, texts } from './browse-world.ts'

let world: BrowseWorld
beforeAll(async () => {
  world = await openBrowseWorld()
})
beforeEach(() => world.clear())
afterAll(() => world.close())

const find = (words: string) => world.act('find_courses', { words })
const ask = (course_id: number, words: string) => world.act('answer_about_course', { course_id, words })

describe('find_courses', () => {
  it('answers what is asked about the one course that fits', async () => {
    await world.course({ title: 'Las', subject: 'las' })
    const number = await world.course({ title: 'Tata rias', subject: 'tata_rias' })
    expect(await find('kapan mulai kursus rias')).toEqual({
      outcome: 'answer',
      values: {
        course_id: number,
        answer: 'Tata rias: Senin, 12 Januari 2026 pukul 09.00 sampai 15.00 WITA.',
      },
    })
    expect(await find('mau ikut kursus rias')).toEqual({ outcome: 'one', values: { course_id: number } })
  })

  it('lists several, or all where nothing is named', async () => {
    const later = { sessions: [meeting('2026-02-02')] }
    const second = await world.course({ title: 'Menjahit lanjutan', ...later })
    const first = await world.course()
    const other = await world.course({ title: 'Las', subject: 'las', sessions: [meeting('2026-02-03')] })
    const numbers = async (words: string) => {
      const { outcome, values } = await find(words)
      return [outcome, ...(values.courses as { course_id: number }[]).map(({ course_id }) => course_id)]
    }
    expect(await numbers('ada kursus jahit ko')).toEqual(['some', first, second])
    expect(await numbers('ada pelatihan apa')).toEqual(['some', first, second, other])
    expect(await numbers('ada kursus tenun ko')).toEqual(['others', first, second, other])
    // Those that are about the subject come first, though not in Liliba.
    expect(await numbers('kursus las di liliba')).toEqual(['others', other, first, second])
  })

  it('opens a course by its number, also one that is closed, and none that residents may not see', async () => {
    const open = await world.course()
    const running = await world.course({ title: 'Las', subject: 'las' }, 'running')
    const draft = await world.course({ title: 'Tenun', subject: 'tenun' }, 'draft')
    expect(await find(`daftar ${open}`)).toEqual({ outcome: 'one', values: { course_id: open } })
    expect(await find(`nomor ${running}`)).toEqual({ outcome: 'one', values: { course_id: running } })
    expect((await find(`daftar ${draft}`)).outcome).toBe('others')
    expect((await find('kursus tenun')).outcome).toBe('others')
  })

  it('finds a closed course that the words can only mean, also when nothing is open', async () => {
    expect(await find('kursus las')).toEqual({ outcome: 'none', values: {} })
    const running = await world.course({ title: 'Las', subject: 'las' }, 'running')
    const closed = await world.course({
      title: 'Barista',
      subject: 'barista',
      closesAt: at('2026-01-02 08:00'),
    })
    expect(await find('kursus las')).toEqual({ outcome: 'one', values: { course_id: running } })
    expect((await find('barista masih buka ko')).values).toEqual({
      course_id: closed,
      answer: 'Pendaftaran Barista sudah ditutup. Tanya: 0812 3456 7890 (Ibu Ina)',
    })
    expect(await find('ada kursus apa')).toEqual({ outcome: 'none', values: {} })
  })

  it('tells of the only course there is where no word narrows', async () => {
    const number = await world.course()
    expect(await find('pelatihan')).toEqual({ outcome: 'one', values: { course_id: number } })
    expect((await find('biayanya berapa')).values.answer).toBe('Biaya Menjahit dasar: Gratis.')
  })

  it('takes the place out of the words of the place where no kelurahan is told', async () => {
    const number = await world.course({ kelurahan: undefined, place: 'Kantor Lurah Liliba' })
    await world.course({ title: 'Las', subject: 'las' })
    expect(await find('kursus di liliba')).toEqual({ outcome: 'one', values: { course_id: number } })
  })

  it('lists no more than 27', async () => {
    for (let index = 0; index < 30; index++) await world.course({ title: `Menjahit ${index}` })
    const { values } = await find('kursus jahit')
    expect(values.courses).toHaveLength(27)
  })
})

describe('answer_about_course', () => {
  it.each([
    ['di mana tempatnya', 'Tempat Menjahit dasar: Aula Balai Latihan, Kelurahan Oesapa'],
    ['syaratnya apa', 'Syarat Menjahit dasar:\n• Warga Kota Kupang\nTanya: 0812 3456 7890 (Ibu Ina)'],
    ['bayar ko', 'Biaya Menjahit dasar: Rp50.000.'],
    ['masih ada tempat ko', 'Menjahit dasar: sisa 16 dari 16 tempat.'],
    ['nomor wa siapa', 'Menjahit dasar diadakan Dinas Tenaga Kerja. Hubungi: 0812 3456 7890 (Ibu Ina)'],
    [
      'sampai kapan daftar',
      'Pendaftaran Menjahit dasar dibuka sampai Sabtu, 10 Januari 2026 pukul 17.00 WITA.',
    ],
    ['brp hari', 'Menjahit dasar: 2 kali pertemuan, 12 sampai 13 Januari 2026.'],
    ['dapa sertifikat ko', expect.stringContaining('80 persen')],
    ['kapan & di mana', expect.stringMatching(/^Menjahit dasar: 12 sampai 13 .+\nTempat Menjahit dasar: /)],
  ])('answers %j', async (words, answer) => {
    const sessions = [meeting('2026-01-12'), meeting('2026-01-13')]
    const number = await world.course({ cost: 50_000, sessions })
    expect(await ask(number, words)).toEqual({ outcome: 'told', values: { answer } })
  })

  it('leads back to the course that is only named, and not when more is said of it', async () => {
    const number = await world.course()
    expect(await ask(number, 'yg jahit')).toEqual({ outcome: 'another', values: {} })
    const more = 'apakah nanti ada mesin jahit sendiri'
    expect(await ask(number, more)).toEqual({ outcome: 'unknown', values: {} })
  })

  it('says how to register by how the course stands', async () => {
    const how = async (number: number) => (await ask(number, 'cara daftar')).values.answer
    const open = await world.course({ seats: 1 })
    expect(await how(open)).toBe(
      `Daftar di sini saja: ketik daftar ${open}. Paling lambat Sabtu, 10 Januari 2026 pukul 17.00 WITA.`,
    )
    await world.register(open)
    expect(await how(open)).toContain('daftar tunggu')
    expect(await how(await world.course({ opensAt: at('2026-01-05 08:00') }))).toContain('Senin, 5 Januari')
    expect(await how(await world.course({}, 'running'))).toContain('sudah ditutup')
  })

  it('cannot answer what is no question about a course, nor about one that is gone', async () => {
    const number = await world.course()
    for (const words of ['saya suka', 'boleh bawa anjing', '']) {
      expect(await ask(number, words)).toEqual({ outcome: 'unknown', values: {} })
    }
    await world.prisma.course.delete({ where: { id: BigInt(number) } })
    expect(await ask(number, 'kapan mulai')).toEqual({ outcome: 'gone', values: {} })
  })

  it('tells nothing of this course to whom asks about another', async () => {
    const number = await world.course()
    for (const words of ['kursus las mulai kapan', `pelatihan ${number + 1} syaratnya apa`, '12']) {
      expect(await ask(number, words)).toEqual({ outcome: 'another', values: {} })
    }
    for (const words of [
      'kursus jahit mulai kapan',
      `syarat nomor ${number}`,
      'harus bisa komputer ko, syaratnya apa',
    ]) {
      expect((await ask(number, words)).outcome).toBe('told')
    }
  })

  it('keeps within 300 letters, and leaves out whole lines of long requirements', async () => {
    const requirements = Array.from({ length: 12 }, (_, index) => `Syarat nomor ${index} yang agak panjang`)
    const number = await world.course({ requirements: requirements.join('\n') })
    const { values } = await ask(number, 'apa syaratnya')
    expect(String(values.answer).length).toBeLessThanOrEqual(300)
    expect(values.answer).toMatch(
      /Syarat nomor \d yang agak panjang\n• dan syarat lain\nTanya: 0812 3456 7890/,
    )
    const all = await ask(
      number,
      'kapan, di mana, syaratnya apa, bayar ko, kontaknya siapa, sampai kapan daftar',
    )
    expect(String(all.values.answer).length).toBeLessThanOrEqual(300)
  })

  it('has an answer for every aspect however the course stands, of titles as long as they may be', async () => {
    const words = aspects.map((aspect) => [aspect, texts.aspects[aspect][0]!.join(' ')] as const)
    const long = { title: 'Pelatihan '.repeat(8).trim(), contact: 'Ibu Ina '.repeat(12).trim(), seats: 1 }
    const open = await world.course(long)
    const full = await world.course(long)
    await world.register(full)
    const soon = await world.course({ ...long, opensAt: at('2026-01-05 08:00') })
    const closed = await world.course(long, 'running')
    const courses = { open, full, soon, closed }
    for (const standing of standings) {
      for (const [aspect, question] of words) {
        const { outcome, values } = await ask(courses[standing], question)
        expect([aspect, outcome]).toEqual([aspect, 'told'])
        expect(String(values.answer).length).toBeLessThanOrEqual(300)
        expect(values.answer).not.toContain('{{')
      }
    }
  })
})
