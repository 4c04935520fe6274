import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Row, Values } from '../../../src/flow/action.ts'
import type { CourseQuestion } from '../../../src/training/course.ts'
import { type BrowseWorld, openBrowseWorld } from './browse-world.ts'

let world: BrowseWorld
beforeAll(async () => {
  world = await openBrowseWorld()
})
beforeEach(() => world.clear())
afterAll(() => world.close())

function question(
  id: string,
  kind: CourseQuestion['kind'],
  change: Partial<CourseQuestion> = {},
): CourseQuestion {
  return { id, kind, text: `Pertanyaan ${id}?`, choices: [], optional: false, ...change }
}

const quotas = [
  { by: 'desil', values: ['1', '2'], seats: 4 },
  { by: 'gender', values: ['female'], seats: 4 },
] as const

const next = (course_id: number, answers: readonly Row[] = []) =>
  world.act('next_question', { course_id, answers })
const keep = (
  course_id: number,
  question_id: string,
  answer: string | number | boolean | null,
  answers: readonly Row[] = [],
) => world.act('keep_answer', { course_id, question_id, answer, answers })
const answersOf = (values: Values) => values.answers as Row[]

/** Answers everything that is asked, and tells how it went. */
async function fillIn(number: number, replies: Record<string, string | number | boolean | null>) {
  const asked: string[] = []
  let answers: readonly Row[] = []
  for (;;) {
    const { outcome, values } = await next(number, answers)
    if (outcome === 'done' || outcome === 'gone') return { asked, answers, text: values.answers_text }
    const id = String(values.question_id)
    asked.push(`${outcome} ${id}`)
    answers = answersOf((await keep(number, id, replies[id]!, answers)).values)
  }
}

describe('next_question', () => {
  it('asks the questions of the course in order, then what its quotas need', async () => {
    const questions = [
      question('skill', 'text'),
      question('note', 'text', { optional: true }),
      question('years', 'number'),
      question('since', 'date'),
      question('laptop', 'yes_no'),
      question('size', 'choice', { choices: ['Kecil', 'Besar'] }),
    ]
    const number = await world.course({ questions, quotas })
    const { asked, answers, text } = await fillIn(number, {
      skill: 'Bisa jahit lurus',
      note: null,
      years: 1250,
      since: '2020-05-12',
      laptop: true,
      size: 'Besar',
      gender: 'female',
      desil: 'sonde tau',
    })
    expect(asked).toEqual([
      'text skill',
      'optional_text note',
      'number years',
      'date since',
      'yes_no laptop',
      'choice size',
      'choice gender',
      'optional_text desil',
    ])
    expect(answers.map(({ answer }) => answer)).toEqual([
      'Bisa jahit lurus',
      '',
      '1.250',
      '12 Mei 2020',
      'Ya',
      'Besar',
      'female',
      '',
    ])
    expect(String(text).split('\n')).toEqual([
      '• Pertanyaan skill: Bisa jahit lurus',
      '• Pertanyaan note: (tidak dijawab)',
      '• Pertanyaan years: 1.250',
      '• Pertanyaan since: 12 Mei 2020',
      '• Pertanyaan laptop: Ya',
      '• Pertanyaan size: Besar',
      '• Jenis kelamin: Perempuan',
      '• Desil: Tidak tahu',
    ])
  })

  it('is done at once where a course asks nothing more', async () => {
    const number = await world.course({ quotas: [{ by: 'kecamatan', values: ['53.71.01'], seats: 2 }] })
    expect(await next(number)).toEqual({ outcome: 'done', values: { answers_text: '' } })
  })

  it('offers the genders', async () => {
    const { values } = await next(await world.course({ quotas }))
    expect(values.choices).toEqual([
      { value: 'female', label: 'Perempuan' },
      { value: 'male', label: 'Laki-laki' },
    ])
  })

  it('keeps the names of its own questions for itself', async () => {
    const number = await world.course({
      questions: [question('gender', 'text'), question('desil', 'number')],
    })
    expect((await next(number)).outcome).toBe('done')
  })

  it('shortens choices for a row and keeps them whole', async () => {
    const long = `${'Sangat panjang '.repeat(8)}sekali`
    const number = await world.course({
      questions: [question('size', 'choice', { choices: [long, 'Lain'] })],
    })
    const [first] = (await next(number)).values.choices as Row[]
    expect(first?.value).toBe(long)
    expect(String(first?.label).length).toBeLessThanOrEqual(72)
  })

  it('finds the course gone that was deleted or cancelled in between', async () => {
    const number = await world.course({ questions: [question('skill', 'text')] })
    await world.prisma.course.update({ where: { id: BigInt(number) }, data: { state: 'cancelled' } })
    expect(await next(number)).toEqual({ outcome: 'gone', values: {} })
    expect(await keep(number, 'skill', 'ya')).toEqual({ outcome: 'gone', values: {} })
    await world.prisma.course.delete({ where: { id: BigInt(number) } })
    expect(await next(number)).toEqual({ outcome: 'gone', values: {} })
    expect(await keep(number, 'skill', 'ya')).toEqual({ outcome: 'gone', values: {} })
  })

  it('goes on when the questions changed in between', async () => {
    const number = await world.course({ questions: [question('skill', 'text')] })
    const answers = answersOf((await keep(number, 'skill', 'Jahit')).values)
    const questions = [{ ...question('laptop', 'yes_no'), choices: [] }]
    await world.prisma.course.update({ where: { id: BigInt(number) }, data: { questions } })
    expect((await next(number, answers)).values.question_id).toBe('laptop')
    const kept = answersOf((await keep(number, 'skill', 'Jahit', answers)).values)
    expect(kept).toEqual([])
    const all = answersOf((await keep(number, 'laptop', false, answers)).values)
    expect((await next(number, all)).values.answers_text).toBe('• Pertanyaan laptop: Tidak')
  })
})

describe('keep_answer', () => {
  it('replaces an answer that is given again', async () => {
    const number = await world.course({ questions: [question('skill', 'text')] })
    const first = answersOf((await keep(number, 'skill', 'Jahit')).values)
    const second = answersOf((await keep(number, 'skill', ' Las ', first)).values)
    expect(second).toEqual([{ id: 'skill', question: 'Pertanyaan skill?', answer: 'Las' }])
  })

  it('cuts what is longer than 300 letters', async () => {
    const number = await world.course({ questions: [question('skill', 'text')] })
    const [kept] = answersOf((await keep(number, 'skill', 'kata '.repeat(200))).values)
    expect(String(kept?.answer).length).toBeLessThanOrEqual(300)
    expect(kept?.answer).toMatch(/kata…$/)
  })

  it('keeps no NIK, however it was asked for, and leaves other numbers', async () => {
    const questions = [question('skill', 'text'), question('years', 'number')]
    const number = await world.course({ questions })
    const kept = async (id: string, answer: string | number) =>
      answersOf((await keep(number, id, answer)).values)[0]?.answer
    expect(await kept('skill', 'nik saya 5371015708980001 ya')).toBe('nik saya # ya')
    expect(await kept('skill', '5371-0157-0898-0001')).toBe('#')
    expect(await kept('years', 5371015708980001)).toBe('#')
    expect(await kept('skill', 'kerja 2019-2020, gaji 1.500.000')).toBe('kerja 2019-2020, gaji 1.500.000')
    expect(await kept('years', 1500000)).toBe('1.500.000')
  })

  it.each([
    ['4', '4'],
    ['desil 10', '10'],
    ['desil empat', '4'],
    [7, '7'],
    ['tidak tahu', ''],
    ['sonde tau', ''],
    ['11', ''],
    ['0', ''],
    ['1 atau 2', ''],
    [null, ''],
  ])('keeps of the desil %j: %j', async (answer, desil) => {
    const number = await world.course({ quotas })
    const [kept] = answersOf((await keep(number, 'desil', answer)).values)
    expect(kept).toMatchObject({ id: 'desil', answer: desil })
  })
})
