import { parseArgs } from 'node:util'
import pg from 'pg'
import { z } from 'zod'
import type { App } from '../src/app.ts'
import { type Applicants, createApplicants } from './lib/applicants.ts'
import { openCityHouse } from './lib/city-house.ts'
import { type Spread, spreadOf } from './lib/figures.ts'
import { machine } from './lib/machine.ts'
import { formatFigure, formatTable } from './lib/table.ts'
import { formatVerdicts, judge } from './lib/target.ts'

// As many people as are asked for fill in the form of one course of 16 seats, and then all say "ya" at once. The time of one runs from
// handing over that "ya" to hearing the number of the registration.
const { values: options } = parseArgs({
  options: { people: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '2' } },
})
const people = Number(options.people)
const seats = 16
/** So many fill in their forms at a time. */
const together = 40

/** What a person says, and how the bot answers. */
const form: readonly (readonly [string, RegExp])[] = [
  ['1', /Siapa yang ikut/],
  ['1', /Nama lengkap/],
  ['NAME', /Tanggal lahir/],
  ['17-08-1998', /kelurahan/],
  ['Lasiana', /Pendidikan terakhir/],
  ['3', /Mengapa/],
  ['Mau usaha sendiri', /menghubungi/],
  ['1', /Sudah benar/],
]

const registrationRows = z.array(
  z.object({ number: z.number(), state: z.string(), place: z.number().nullable() }),
)

/** What came of a rush. Times in milliseconds. */
interface Rush extends Spread {
  readonly seconds: number
  readonly perSecond: number
  /** Seats given, people on the waiting list, and those who have another place than their arrival gives them. */
  readonly accepted: number
  readonly reserve: number
  readonly misplaced: number
}

const before = machine()
const rounds: { readonly lopo: Rush; readonly bare: Omit<Rush, 'accepted' | 'reserve' | 'misplaced'> }[] = []
const house = await openCityHouse(() => new Date())
try {
  const applicants = createApplicants(house)
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const lopo = await rush(house, applicants, round)
    rounds.push({ lopo, bare: await rushBare(house.storage.database.url) })
  }
  applicants.leave()
} finally {
  await house.close()
}

const last = rounds.at(-1)
const worst = (of: (rush: Rush) => number) => Math.max(...rounds.map(({ lopo }) => of(lopo)))
const ratio = last === undefined ? undefined : last.lopo.perSecond / last.bare.perSecond
const verdicts = judge([
  {
    name: 'seats given beyond 16, worst',
    value: worst(({ accepted }) => accepted - seats),
    is: 'at most',
    limit: 0,
  },
  {
    name: 'seats left free, worst',
    value: worst(({ accepted }) => seats - accepted),
    is: 'at most',
    limit: 0,
  },
  {
    name: 'people lost, or out of the order of arrival, worst',
    value: worst(({ accepted, reserve, misplaced }) => people - accepted - reserve + misplaced),
    is: 'at most',
    limit: 0,
  },
])
const heads = [
  'round',
  'who',
  'people',
  'per second',
  'seconds',
  'p50 ms',
  'p99 ms',
  'max ms',
  'seats',
  'waiting',
]
const lines = rounds.flatMap(({ lopo, bare }, round) => [
  [String(round + 1), 'Lopo, end to end', ...figures(lopo), String(lopo.accepted), String(lopo.reserve)],
  [String(round + 1), 'bare INSERT, one row locked', ...figures(bare), '-', '-'],
])
const note = `of the last round: ${ratio === undefined ? '-' : formatFigure(ratio, 3)} of what one lock allows`
process.stderr.write(`${[formatTable(heads, lines), note, formatVerdicts(verdicts)].join('\n\n')}\n`)
process.stdout.write(
  `${JSON.stringify({ bench: 'registrations', ...before, people, seats, rounds, ratio, targets: verdicts })}\n`,
)

function figures({
  count,
  perSecond,
  seconds,
  p50,
  p99,
  max,
}: Omit<Rush, 'accepted' | 'reserve' | 'misplaced'>) {
  return [String(count), ...[perSecond, seconds, p50, p99, max].map((value) => formatFigure(value))]
}

/** Everybody fills in the form, and then registers at once. */
async function rush(app: App, applicants: Applicants, round: number): Promise<Rush> {
  const course = await openCourse(app, `Menjahit dasar angkatan ${round + 1}`)
  const ids = Array.from({ length: people }, (_, index) => round * people + index)
  for (let at = 0; at < ids.length; at += together) {
    await Promise.all(ids.slice(at, at + together).map((id) => fillIn(applicants, id, course)))
  }
  await app.conversation.idle()
  await app.storage.database.owner.query('VACUUM ANALYZE')
  const begun = performance.now()
  const answers = await Promise.all(ids.map((id) => applicants.say(id, 'ya', /Nomor pendaftaran: \d+/)))
  const seconds = (performance.now() - begun) / 1_000
  await app.conversation.idle()
  const times = answers.map(({ ms }) => ms)
  const outcome = await outcomeOf(app, course, answers)
  return { ...spreadOf(times), seconds, perSecond: times.length / seconds, ...outcome }
}

async function fillIn(applicants: Applicants, id: number, course: number): Promise<void> {
  await applicants.say(id, `daftar ${course}`, /1\. Daftar/)
  for (const [line, reply] of form) {
    await applicants.say(id, line === 'NAME' ? `Warga ${wordOf(id)}` : line, reply)
  }
}

/** A number in letters, none of them drawn out: names have no digits, and "aaa" is read as "a". */
function wordOf(id: number): string {
  return [...String(id)].map((digit) => 'abcdefghij'[Number(digit)]).join('o')
}

async function openCourse({ storage, now }: App, title: string): Promise<number> {
  const days = (count: number) => new Date(now().getTime() + count * 86_400_000)
  const [startsAt, endsAt] = [days(21), days(22)]
  const { id } = await storage.database.prisma.course.create({
    data: {
      ...{ title, subject: 'menjahit', office: 'nakertrans', place: 'Balai latihan', contact: 'Ibu Ina' },
      ...{ seats, selection: 'arrival', exclusive: true, createdBy: 'bench', state: 'registration' },
      ...{
        opensAt: days(-1),
        closesAt: days(14),
        startsAt,
        endsAt,
        sessions: { create: { startsAt, endsAt } },
      },
    },
  })
  return Number(id)
}

/** What the database says of the course, and whether everybody was told the same. Throws when it does not write through to the disk. */
async function outcomeOf({ storage }: App, course: number, answers: readonly { readonly text: string }[]) {
  const { pool } = storage.database
  const { rows: settings } = await pool.query(
    "SELECT current_setting('fsync') = 'on' AND current_setting('synchronous_commit') = 'on' AS durable",
  )
  if (settings[0]?.durable !== true) throw new Error('the database keeps nothing safe')
  const { rows } = await pool.query(
    `SELECT id::int AS number, state,
       CASE state WHEN 'reserve' THEN row_number() OVER (PARTITION BY state ORDER BY id)::int END AS place
     FROM registration WHERE course_id = $1 ORDER BY id`,
    [course],
  )
  const registrations = registrationRows.parse(rows)
  const told = new Map(answers.map(({ text }) => [numberIn(text, /pendaftaran: ([\d.]+)/), text]))
  const misplaced = registrations.filter(({ number, place }, index) => {
    const isInTime = index < seats ? place === null : place === index - seats + 1
    return !isInTime || numberIn(told.get(number) ?? '', /urutan ke-(\d+)/) !== (place ?? undefined)
  })
  const count = (state: string) => registrations.filter((each) => each.state === state).length
  return { accepted: count('accepted'), reserve: count('reserve'), misplaced: misplaced.length }
}

function numberIn(text: string, pattern: RegExp): number | undefined {
  const [, digits] = pattern.exec(text) ?? []
  // A thousand is written "1.000".
  return digits === undefined ? undefined : Number(digits.replaceAll('.', ''))
}

/** The least that one lock allows: as many rows at once, each put down while the row of the course is locked, and nothing else. */
async function rushBare(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 16 })
  try {
    await pool.query('DROP TABLE IF EXISTS bare_registration, bare_course')
    await pool.query('CREATE TABLE bare_course (id int PRIMARY KEY)')
    await pool.query(
      'CREATE TABLE bare_registration (id bigserial PRIMARY KEY, course_id int REFERENCES bare_course, details bytea)',
    )
    await pool.query('INSERT INTO bare_course VALUES (1)')
    const details = Buffer.alloc(250)
    const begun = performance.now()
    const times = await Promise.all(Array.from({ length: people }, () => insertBare(pool, details)))
    const seconds = (performance.now() - begun) / 1_000
    return { ...spreadOf(times), seconds, perSecond: people / seconds }
  } finally {
    await pool.end()
  }
}

async function insertBare(pool: pg.Pool, details: Buffer): Promise<number> {
  const since = performance.now()
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT 1 FROM bare_course WHERE id = 1 FOR NO KEY UPDATE')
    await client.query('INSERT INTO bare_registration (course_id, details) VALUES (1, $1)', [details])
    await client.query('COMMIT')
    return performance.now() - since
  } finally {
    client.release()
  }
}
