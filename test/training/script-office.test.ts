import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ground } from '../../src/app-parts.ts'
import { playScripts } from '../../src/cli/play-scripts.ts'
import { readFixtures } from '../../src/cli/script-fixtures.ts'
import { parseScripts } from '../../src/flow/script.ts'
import { openTestGround } from '../support/test-app.ts'

let ground: Ground
beforeAll(async () => {
  ground = await openTestGround()
}, 60_000)
afterAll(() => ground.storage.close())

/** Plays a script of these lines; what is wrong with it. */
async function play(fixture: string, now: string, ...lines: string[]): Promise<readonly string[]> {
  const head = `- script: x\n  given: { fixtures: [${fixture}], now: ${now} }\n  lines:\n    - warga: menu\n`
  const parsed = parseScripts('flows/x.test.yaml', head + lines.map((line) => `    - ${line}\n`).join(''))
  if (parsed.type === 'broken') throw new Error(JSON.stringify(parsed.problems))
  return (await playScripts(ground, parsed.scripts, readFixtures(ground.texts.fixtures))).failures
}

const day = '2026-01-06T09:00+08:00'
const count = (name: string, jumlah: number) => `effect: { name: ${name}, jumlah: ${jumlah} }`

async function statesOf(course: number): Promise<readonly string[]> {
  const rows = await ground.storage.database.prisma.registration.findMany({
    where: { courseId: BigInt(course) },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ state }) => state)
}

describe('a fixture with courses', () => {
  it('makes them with their people, each in a chat of their own', async () => {
    expect(await play('pelatihan', day, count('pendaftaran', 1), count('kursi', 1))).toEqual([])
    expect(await play('pelatihan_penuh', day, count('pendaftaran', 8), count('kursi', 4))).toEqual([])
    expect(await statesOf(1)).toEqual(['accepted', 'accepted', 'reserve', 'reserve'])
    const { prisma } = ground.storage.database
    expect(await prisma.chat.count({ where: { account: 'contoh' } })).toBe(8)
    const [row] = await prisma.registration.findMany({ where: { score: 80 } })
    expect(Buffer.from(row!.details!).toString('latin1')).not.toContain('Contoh')
    expect((await prisma.course.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)).toEqual([1n, 2n])
  })

  it('leaves nothing of the one before', async () => {
    expect(await play('pelatihan_rancangan', day, count('pendaftaran', 0), count('langganan', 0))).toEqual([])
    expect(await ground.storage.database.prisma.course.count()).toBe(1)
  })
})

describe('a line of an office', () => {
  it('decides about people by their names', async () => {
    const failures = await play(
      ...['pelatihan_penuh', day],
      'kantor: { undurkan: [warga contoh sepuluh, Warga Contoh Sebelas] }',
      'kantor: { terima: [Warga Contoh Tigabelas] }',
      'kantor: { tolak: Warga Contoh Duabelas, alasan: Syarat belum lengkap. }',
      count('pendaftaran', 5),
    )
    expect(failures).toEqual([])
    expect(await statesOf(2)).toEqual(['withdrawn', 'withdrawn', 'rejected', 'accepted'])
  })

  it('gives up and takes a seat for another person, and what follows is done at once', async () => {
    const failures = await play(
      ...['pelatihan_penuh', day],
      'kantor: { batal: Warga Contoh Enam }',
      count('pendaftaran', 7),
      'kantor: { ambil: Warga Contoh Delapan }',
      count('kursi', 4),
    )
    expect(failures).toEqual([])
    expect(await statesOf(1)).toEqual(['withdrawn', 'accepted', 'accepted', 'reserve'])
  })

  it('leads a course through its life, and holds it elsewhere and later', async () => {
    const failures = await play(
      ...['pelatihan_rancangan', '2026-01-02T09:00+08:00'],
      'kantor: { umumkan: 1 }',
      'kantor: { pindah: Aula Baru }',
      'kantor: { geser_hari: 7 }',
      'waktu: 2026-01-20T09:00+08:00',
      'kantor: { mulai: 1 }',
    )
    expect(failures).toEqual([])
    const [course] = await ground.storage.database.prisma.course.findMany()
    expect(course).toMatchObject({ state: 'running', place: 'Aula Baru' })
    expect(course?.startsAt.toISOString()).toBe('2026-02-02T00:00:00.000Z')
  })

  it('cancels a course, and takes one away', async () => {
    const failures = await play(
      ...['pelatihan', day],
      'kantor: { hapus_pelatihan: 2 }',
      'kantor: { batalkan_pelatihan: 1, alasan: Pelatih sakit. }',
      count('kursi', 0),
    )
    expect(failures).toEqual([])
    expect(await ground.storage.database.prisma.course.findMany()).toMatchObject([{ state: 'cancelled' }])
  })

  it('takes attendance while a class is on, shows its code, and says who did not come', async () => {
    const failures = await play(
      ...['pelatihan_penuh', '2026-01-16T15:00+08:00'],
      'waktu: 2026-01-20T09:00+08:00',
      'kantor: { mulai: 1 }',
      'waktu: 2026-01-26T09:00+08:00',
      'kantor: { hadir: [Warga Contoh Enam] }',
      'warga_kode: true',
      'waktu: 2026-01-26T13:30+08:00',
      'kantor: { tidak_datang: [Warga Contoh Tujuh] }',
    )
    expect(failures).toEqual([])
    const states = await statesOf(1)
    expect(states[1]).toBe('absent')
    expect(await ground.storage.database.prisma.attendance.count()).toBe(1)
  })

  it('grades, and issues certificates that are sent at once', async () => {
    const classes = ['26', '27', '28'].flatMap((day) => [
      `waktu: 2026-01-${day}T12:00+08:00`,
      'kantor: { hadir: [Warga Contoh Enam, Warga Contoh Tujuh] }',
    ])
    const failures = await play(
      ...[
        'pelatihan_penuh',
        '2026-01-16T15:00+08:00',
        'waktu: 2026-01-20T09:00+08:00',
        'kantor: { mulai: 1 }',
      ],
      ...classes,
      'waktu: 2026-01-28T12:30+08:00',
      'kantor: { lulus: [Warga Contoh Enam] }',
      'kantor: { tidak_lulus: [Warga Contoh Tujuh] }',
      'kantor: { sertifikat: [Warga Contoh Enam] }',
    )
    expect(failures).toEqual([])
    expect((await statesOf(1)).slice(0, 2)).toEqual(['certified', 'not_passed'])
    const [certificate] = await ground.storage.database.prisma.certificate.findMany()
    expect(certificate?.sentAt).not.toBeNull()
  })

  it('tells with its line what the desk refuses, and ends the script there', async () => {
    const full = 'kantor: { terima: [Warga Contoh Duabelas] }'
    expect(await play('pelatihan_penuh', day, full, count('kursi', 99))).toEqual([
      'x: line 2: the desk left Warga Contoh Duabelas: full',
    ])
    expect(await play('pelatihan', day, 'kantor: { selesai: 1 }')).toEqual([
      'x: line 2: the desk refused: {"type":"state"}',
    ])
    expect(await play('pelatihan', day, 'kantor: { lulus: [Warga Contoh Seratus] }')).toEqual([
      'x: line 2: nobody called Warga Contoh Seratus registered',
    ])
    expect(await play('pelatihan', day, 'warga_kode: true')).toEqual(['x: line 2: no class is on now'])
    expect(await play('pelatihan', day, 'kantor: { pindah: Aula, pelatihan: 9 }')).toEqual([
      'x: line 2: no course has the number 9',
    ])
  })
})
