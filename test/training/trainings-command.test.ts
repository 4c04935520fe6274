import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type App, buildApp } from '../../src/app.ts'
import type { CliContext } from '../../src/cli/context.ts'
import { prepareFixtures, readFixtures } from '../../src/cli/script-fixtures.ts'
import { trainingsCommand } from '../../src/cli/trainings.ts'
import type { CertificateDesk, CertificateLine } from '../../src/training/training-desk.ts'
import { openTestGround } from '../support/test-app.ts'

let app: App
let folder: string
let now: Date
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-trainings-'))
  app = await buildApp({ ...(await openTestGround()), clock: () => now })
}, 60_000)
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  now = new Date('2026-01-06T09:00+08:00')
})

let certificates: CertificateDesk | undefined

async function run(...args: string[]) {
  const [out, err]: string[][] = [[], []]
  const { courses, applicants, attendance } = app.trainings
  const trainings = { courses, applicants, attendance, certificates: certificates ?? never() }
  const context = {
    ...{ config: app.config, log: app.log, dataDir: folder, isTerminal: false, now: app.now },
    out: (text: string) => void out!.push(text),
    err: (text: string) => void err!.push(text),
    async *lines() {},
    readFlowTexts: async () => app.texts,
    openApp: async () => ({ ...app, trainings, close: async () => undefined }),
    leave: async () => undefined,
  } satisfies CliContext
  const code = await trainingsCommand.run(args, context)
  return { code, out: out!.join(''), err: err!.join('') }
}

function never(): CertificateDesk {
  const refuse = () => Promise.reject(new Error('not asked for'))
  return { list: refuse, grade: refuse, issue: refuse, revoke: refuse, pdf: refuse }
}

const given = (...names: string[]) => prepareFixtures(app, readFixtures(app.texts.fixtures), names)

async function fileOf(name: string, text: string): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, text)
  return file
}

const plan = `
title: Las dasar
subject: las
office: nakertrans
place: Bengkel Contoh
contact: Ibu Contoh
seats: 16
selection: officer
opens_at: 2026-01-07 08.00
closes_at: 2026-01-20 16.00
sessions:
  - { date: 2026-02-02, from: 08.00, to: 12.00 }
`

/** The number of somebody's registration, as its list has it. */
async function numberOf(name: string): Promise<string> {
  const lists = await Promise.all(['1', '2'].map((course) => run('applicants', course, '--json')))
  const found = lists.flatMap(({ out }) => JSON.parse(out)).find((one) => one.name === name)
  return String(found.number)
}

describe('lopo trainings, of courses', () => {
  it('makes a course of a file, shows it as a file to edit, and leads it through its life', async () => {
    await given()
    expect(await run('list')).toEqual({ code: 0, out: '', err: 'There is no course.\n' })
    expect((await run('list', '--json')).out).toBe('[]\n')
    const added = await run('add', await fileOf('las.yaml', plan))
    const number = added.out.trim()
    expect(added).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\n$/) })
    expect((await run()).out).toMatch(
      new RegExp(`^${number}\tdraft\tLas dasar\tbegins 2026-02-02 08.00\t0 of 16 seats\t0 waiting\t`),
    )
    const shown = await run('show', number)
    expect(shown.out).toContain(`# course ${number}: draft`)
    const file = await fileOf('edit.yaml', shown.out.replace('Bengkel Contoh', 'Bengkel Lain'))
    expect((await run('edit', number, file)).err).toBe(`Course ${number} is changed; 0 people are told.\n`)
    const json = JSON.parse((await run('show', number, '--json')).out)
    expect(json).toMatchObject({
      ...{ number: Number(number), state: 'draft', seats: 16, seated: 0, version: 1 },
      ...{ opens_at: '2026-01-07T00:00:00.000Z', moves: expect.arrayContaining(['announced']) },
      sessions: [{ session: 1, starts_at: '2026-02-02T00:00:00.000Z' }],
      plan: { place: 'Bengkel Lain', opens_at: '2026-01-07 08.00' },
    })
    for (const [word, state] of [['announce', 'announced'] as const, ['open', 'registration'] as const]) {
      expect((await run(word, number)).err).toBe(`Course ${number}: ${state}.\n`)
    }
    expect((await run('cancel', number, '--reason', 'Pelatih sakit.')).code).toBe(0)
    expect((await run('list')).out).toBe('')
    expect((await run('list', '--all')).out).toContain('cancelled')
    expect((await run('show', number)).out).toContain('# cancelled: Pelatih sakit.')
  })

  it('copies a course, and removes one that nobody registered for', async () => {
    await given('pelatihan')
    const { out } = await run('copy', '1')
    expect(JSON.parse((await run('show', out.trim(), '--json')).out)).toMatchObject({
      ...{ title: 'Menjahit dasar', state: 'draft' },
    })
    expect((await run('remove', out.trim())).code).toBe(0)
    await expect(run('remove', out.trim())).rejects.toThrow(`no course has the number ${out.trim()}`)
    await expect(run('remove', '1')).rejects.toThrow('it can be cancelled, not removed')
  })

  it('tells everything that is wrong with a file at once', async () => {
    await given('pelatihan')
    const broken = await fileOf('broken.yaml', 'title: x\nseats: dua\n')
    await expect(run('add', broken)).rejects.toThrow(/broken\.yaml: line 2: seats: is no whole number\n/)
    const wrong = plan.replace('las\n', 'sulap\n').replace('2026-02-02', '2026-01-02').replace('16\n', '0\n')
    const file = await fileOf('wrong.yaml', `${wrong}min_attendance: 101\n`)
    const problems = await run('add', file).catch((error: Error) => error.message.split('\n'))
    expect(problems).toEqual(
      expect.arrayContaining([
        `lopo: ${file}: subject: is none of the subjects of flows/content/pelatihan.yaml`,
        `lopo: ${file}: seats: is to be 1 to 500`,
        `lopo: ${file}: sessions.0: is in the past`,
        `lopo: ${file}: min_attendance: is out of its range`,
      ]),
    )
    const full = await fileOf('full.yaml', (await run('show', '1')).out.replace('seats: 2', 'seats: 0'))
    await expect(run('edit', '1', full)).rejects.toThrow('seats: ')
    await expect(run('add', path.join(folder, 'none.yaml'))).rejects.toThrow('none.yaml cannot be read')
  })

  it.each([
    [['terbang'], 'trainings cannot terbang'],
    [['toString'], 'trainings cannot toString'],
    [['show'], 'the number is missing'],
    [['show', '5399015708800011'], '# is no number'],
    [['show', '1', '2'], '2 is too much'],
    [['show', '1', '--all'], '--all is not for trainings show'],
    [['add'], 'the file is missing'],
    [['cancel', '1'], '--reason is missing'],
    [['reject', '1', '2'], '--reason is missing'],
    [['accept', '1'], 'the registration is missing'],
    [['accept', '1', 'x'], 'x is no number'],
    [['attendance', '1'], 'the session is missing'],
    [['attendance', '1', '1', '--code', '--present', '1'], 'do not go together'],
    [['attendance', '1', '1', '--present', '1,x'], 'x is no number'],
    [['applicants', '1', '--state', 'gone'], '--state is one of registered'],
    [['applicants', '1', '--json', '--csv', 'x'], 'one is enough'],
    [['show', '999999'], 'no course has the number 999999'],
    [['applicants', '999999'], 'no course has the number 999999'],
    [['announce', '999999'], 'no course has the number 999999'],
    [['attendance', '999999', '1'], 'no course has the number 999999'],
    [['accept', '999999', '1'], 'no course has the number 999999'],
  ])('says what is wrong with %j', async (args, what) => expect(run(...args)).rejects.toThrow(what))

  it('says so when a course may not go there, and when a reason is none', async () => {
    await given('pelatihan')
    await expect(run('finish', '1')).rejects.toThrow('course 1 is not in a state for this')
    await expect(run('cancel', '1', '--reason', 'x')).rejects.toThrow('3 to 300 characters')
  })
})

describe('lopo trainings, of applicants', () => {
  it('tells names of those who applied, and nowhere else', async () => {
    await given('pelatihan_penuh')
    const { out } = await run('applicants', '1')
    expect(out.split('\n')).toHaveLength(5)
    expect(out).toMatch(/^\d+\taccepted\t\tWarga Contoh Enam\t26\tLasiana\tsma\t/)
    expect(out).toMatch(/reserve 2\t\tWarga Contoh Sembilan/)
    const json = JSON.parse((await run('applicants', '1', '--state', 'reserve', '--json')).out)
    expect(json).toMatchObject([
      { name: 'Warga Contoh Delapan', kelurahan_name: 'Oesapa', place_in_line: 1, score: null },
      { name: 'Warga Contoh Sembilan', place_in_line: 2 },
    ])
    now = new Date('2026-01-26T09:00+08:00')
    const others = await Promise.all([
      ...[run('list'), run('show', '1'), run('show', '1', '--json'), run('attendance', '1', '1')],
      run('accept', '1', String(json[0].number)),
    ])
    expect(others.map((one) => one.out + one.err).join('\n')).not.toContain('Warga')
    expect(await run('applicants', '2', '--state', 'passed')).toEqual({
      ...{ code: 0, out: '', err: 'Nobody applied.\n' },
    })
  })

  it('writes files that only the operator may read, and over none that is there', async () => {
    await given('pelatihan_penuh')
    const [csv, xlsx] = [path.join(folder, 'a.csv'), path.join(folder, 'a.xlsx')]
    expect((await run('applicants', '1', '--csv', csv)).err).toBe(`4 people are in ${csv}.\n`)
    const lines = (await readFile(csv, 'utf8')).split('\r\n')
    expect(lines[0]).toContain('No. pendaftaran,Nama,Umur')
    expect(lines[1]).toContain(
      ',Warga Contoh Enam,26,Lasiana,SMA/SMK atau sederajat,,,Data contoh,,diterima,',
    )
    expect((await stat(csv)).mode & 0o777).toBe(0o600)
    await run('applicants', '1', '--state', 'reserve', '--xlsx', xlsx)
    expect((await readFile(xlsx)).toString('latin1', 0, 4)).toBe('PK\x03\x04')
    await expect(run('applicants', '2', '--csv', csv)).rejects.toThrow('it may be there already')
    expect((await readFile(csv, 'utf8')).split('\r\n')).toEqual(lines)
  })

  it('decides, and tells by number who was left and why', async () => {
    await given('pelatihan_penuh')
    const [seated, waiting] = [
      await numberOf('Warga Contoh Sepuluh'),
      await numberOf('Warga Contoh Duabelas'),
    ]
    expect(await run('accept', '2', waiting, '999999')).toEqual({
      ...{ code: 1, out: '' },
      err: `0 done.\nlopo: ${waiting}: no seat is free\nlopo: 999999: no registration of this course has the number\n`,
    })
    expect(await run('withdraw', '2', seated)).toMatchObject({ code: 0, err: '1 done.\n' })
    await expect(run('reject', '2', waiting, '--reason', '')).rejects.toThrow('3 to 300 characters')
    expect(await run('reject', '2', waiting, '--reason', 'Syarat belum lengkap.')).toMatchObject({ code: 0 })
    const [left] = JSON.parse((await run('applicants', '2', '--state', 'rejected', '--json')).out)
    expect(left).toMatchObject({ name: 'Warga Contoh Duabelas', reason: 'Syarat belum lengkap.' })
  })
})

describe('lopo trainings, of classes', () => {
  it('shows the code of a class while it is on, and notes who was there', async () => {
    await given('pelatihan_penuh')
    await expect(run('attendance', '1', '1', '--code')).rejects.toThrow('session 1 of course 1 is not on now')
    await expect(run('attendance', '1', '9')).rejects.toThrow('course 1 has 3 sessions, and none is number 9')
    await expect(run('attendance', '1', '1', '--present', '')).rejects.toThrow('has not begun')
    for (const word of ['close', 'start']) await run(word, '1')
    now = new Date('2026-01-26T09:00+08:00')
    const { out, err } = await run('attendance', '1', '1', '--code')
    expect(out).toMatch(/^\d{6}\n$/)
    expect(err).toMatch(/^It is good until 09\.\d\d WITA\.\n$/)
    const [six, seven] = [await numberOf('Warga Contoh Enam'), await numberOf('Warga Contoh Tujuh')]
    expect(await run('attendance', '1', '1', '--present', six)).toMatchObject({ err: '1 were there.\n' })
    expect((await run('attendance', '1', '1')).out.split('\n').toSorted()).toEqual(
      ['', `${six}\tpresent\tlist`, `${seven}\tabsent\t`].toSorted(),
    )
    now = new Date('2026-01-26T13:00+08:00')
    expect(await run('absent', '1', seven)).toMatchObject({ code: 0, err: '1 done.\n' })
  })

  it('grades, lists certificates without names, and issues them to whoever passed and came often enough', async () => {
    await given('pelatihan_penuh')
    const issued: (readonly number[])[] = []
    const lines = await Promise.all(['Enam', 'Tujuh'].map((name) => lineOf(`Warga Contoh ${name}`)))
    const [six, seven] = lines.map(({ registration }) => registration.number)
    certificates = {
      ...never(),
      list: async (_, course) =>
        course === 1
          ? [lines[0]!, { ...lines[1]!, isEnough: false, number: 'PL-2026-000001', sentAt: now }]
          : undefined,
      grade: async (_, __, numbers, passed) => ({
        done: passed ? numbers.length : 0,
        left: passed ? [] : [{ number: numbers[0]!, name: 'Warga Contoh', why: 'not_ready' }],
      }),
      async issue(_, __, numbers) {
        issued.push(numbers)
        return { done: numbers.length, left: [] }
      },
    }
    try {
      expect(await run('pass', '1', String(six), String(seven))).toMatchObject({ code: 0, err: '2 done.\n' })
      expect(await run('fail', '1', String(six))).toEqual({
        ...{ code: 1, out: '', err: `0 done.\nlopo: ${six}: the registration is not in a state for this\n` },
      })
      expect((await run('certificates', '1')).out).toBe(
        `${six}\tpassed\t3 of 3 sessions\t\t\n${seven}\tpassed\t3 of 3 sessions, too few\tPL-2026-000001\tsent ${now.toISOString()}\n`,
      )
      await run('certificates', '1', '--issue', 'all')
      await run('certificates', '1', '--issue', `${six},${seven}`)
      expect(issued).toEqual([[six], [six, seven]])
      await expect(run('certificates', '3')).rejects.toThrow('no course has the number 3')
    } finally {
      certificates = undefined
    }
  })
})

/** A line of somebody who passed. */
async function lineOf(name: string): Promise<CertificateLine> {
  const viewer = { id: 'test', name: 'Petugas', roles: ['admin'] } as const
  const view = await app.trainings.applicants.read(viewer, Number(await numberOf(name)))
  return {
    registration: { ...view!.registration, state: 'passed' },
    ...{ name, number: undefined, issuedAt: undefined, sentAt: undefined, revokedAt: undefined },
    ...{ attended: 3, held: 3, isEnough: true },
  }
}
