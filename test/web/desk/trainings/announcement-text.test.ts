import { beforeAll, describe, expect, it } from 'vitest'
import { announcementText } from '../../../../src/web/desk/trainings/announcement-text.ts'
import { createMemoryTrainingWorld, type MemoryTrainingWorld } from './memory-training-world.ts'
import { richPlan } from './plans.ts'

let world: MemoryTrainingWorld
beforeAll(() => {
  world = createMemoryTrainingWorld()
})

describe(announcementText.name, () => {
  it('tells everything that an announcement has to', () => {
    const sessions = richPlan.sessions.map((session, id) => ({ ...session, id: BigInt(id) }))
    const text = announcementText(world.deps, world.desk.put({ ...richPlan, sessions, number: 12 }), [
      '0812-0000-0000',
    ])
    for (const part of [
      ...['Menjahit dasar', '23 sampai 24 Maret 2026', 'WITA', 'Balai Contoh, Jalan Contoh 1', '16 orang'],
      ...['Usia 17 sampai 40 tahun', 'Membawa kain', 'Jumat, 20 Maret 2026 pukul 16.00 WITA', 'Rp25.000'],
      ...[
        'ketik DAFTAR 12 ke 0812-0000-0000',
        'Bidang Pelatihan',
        'Dinas Tenaga Kerja',
        'https://maps.example/x',
      ],
    ]) {
      expect(text).toContain(part)
    }
  })

  it('leaves out what a course does not have, without gaps', () => {
    const text = announcementText(world.deps, world.desk.put({ description: '', cost: 0 }), [])
    expect(text).toContain('Gratis')
    expect(text).not.toContain('Peta')
    expect(text).not.toMatch(/\{\{|undefined|\n\n\n/)
    expect(text).toContain('layanan Lopo')
  })
})
