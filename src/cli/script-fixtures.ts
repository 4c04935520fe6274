import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { App } from '../app.ts'
import { createIssueClaimCode } from '../assistance/claim-code.ts'
import { createFindKelurahan } from '../assistance/find-kelurahan.ts'
import { createImportList } from '../assistance/import-list.ts'
import { createClaimCodeStore } from '../assistance/store-claim-code.ts'
import { createImportStore } from '../assistance/store-import.ts'
import type { Address } from '../channels/channel.ts'
import type { Config } from '../config.ts'
import { createAuditTrail } from '../staff/store.ts'
import { courseFixture, loadCourse } from './script-courses.ts'
import { invitationFixture, loadInvitation } from './script-invitations.ts'
import { firstProduct, loadShop, shopFixture } from './script-market.ts'

const flag = z.enum(['YA', 'TIDAK'])
const person = z.strictObject({
  keluarga: z.string(),
  nama: z.string(),
  nik: z.string().regex(/^5399\d{12}$/, 'is not a synthetic NIK (area 5399)'),
  tanggal_lahir: z.string(),
  kelurahan: z.string(),
  pkh: flag,
  sembako: flag,
})
const fixture = z.strictObject({
  daftar: z
    .strictObject({
      kind: z.string(),
      title: z.string(),
      as_of: z.iso.date(),
      persons: z.array(person).min(1),
      /** Claim code → the household's id on the list. */
      codes: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
  kata_kenal: z.string().optional(),
  /** Courses, numbered from 1 in their order. */
  pelatihan: z.array(courseFixture).optional(),
  /** Shops of an imported list, with their invitations. */
  undangan: z.array(invitationFixture).optional(),
  /** Shops with their products. */
  lapak: z.array(shopFixture).optional(),
  /** The ways to check that the channel allows. */
  cara: z.array(z.enum(['code', 'form', 'chat'])).optional(),
})

/** States of the house by name, out of `flows/fixtures.yaml`: what scripts are given. */
export type Fixtures = Readonly<Record<string, z.infer<typeof fixture>>>

/** Reads the fixtures; throws with every wrong place. */
export function readFixtures(words: string): Fixtures {
  const read = z.record(z.string(), fixture).safeParse(parse(words, { schema: 'failsafe' }))
  if (read.success) return read.data
  throw new Error(`flows/fixtures.yaml:\n${z.prettifyError(read.error)}`)
}

/** The configuration under the named states. */
export function configOf(config: Config, fixtures: Fixtures, names: readonly string[]): Config {
  const ways = names.map((name) => fixtures[name]?.cara).find((cara) => cara !== undefined)
  return ways === undefined ? config : { ...config, checkWays: { ...config.checkWays, terminal: ways } }
}

const emptied = [
  ...['shop_invitation', 'product_day', 'product_report', 'digest_place', 'market_notice', 'shop'],
  ...['attendance_try', 'registration', 'course'],
  ...['active_list', 'assistance_list', 'claim_code', 'check_link', 'check_attempt', 'alarm'],
  ...['broadcast_tester', 'broadcast', 'outbox_batch', 'contact_profile'],
  ...['ticket', 'subscription', 'opt_out', 'setting', 'contact'],
]

/** Empties the house but for the trail, and brings it into the named states. `resident`: where whoever talks will write. */
export async function prepareFixtures(
  app: App,
  fixtures: Fixtures,
  names: readonly string[],
  resident?: Address,
): Promise<void> {
  const { pool } = app.storage.database
  for (const table of emptied) await pool.query(`DELETE FROM ${table}`)
  let courses = 0
  let last = firstProduct - 1
  for (const name of names) {
    const state = fixtures[name]
    if (state === undefined)
      throw new Error(`no fixture is called ${name}: ${Object.keys(fixtures).join(', ')}`)
    if (state.daftar !== undefined) await loadList(app, state.daftar)
    if (state.kata_kenal !== undefined) await writeCodeWord(app, state.kata_kenal)
    for (const invitation of state.undangan ?? []) await loadInvitation(app, invitation)
    for (const shop of state.lapak ?? []) last = await loadShop(app, shop, { resident, last })
    for (const course of state.pelatihan ?? []) {
      courses += 1
      await loadCourse(app, courses, course)
    }
  }
}

type ListFixture = NonNullable<z.infer<typeof fixture>['daftar']>

async function loadList(app: App, list: ListFixture): Promise<void> {
  const { storage, language, now } = app
  const { database, keyring } = storage
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-fixture-'))
  const audit = createAuditTrail()
  const importList = createImportList({
    store: createImportStore({ database, audit, now }),
    secrets: keyring,
    findKelurahan: createFindKelurahan(language.places),
    reportsDir: folder,
    now,
  })
  try {
    const file = path.join(folder, 'daftar.csv')
    await writeFile(file, csvOf(list))
    const { kind, title, as_of: asOf } = list
    const outcome = await importList({ file, kind, title, asOf, by: 'fixture' })
    if (outcome.type !== 'imported' || outcome.report.quarantined > 0) {
      throw new Error(`the fixture ${title} cannot be imported: ${JSON.stringify(outcome)}`)
    }
  } finally {
    await rm(folder, { recursive: true })
  }
  const issue = createIssueClaimCode({ store: createClaimCodeStore(), audit, secrets: keyring })
  const by = { type: 'staff', id: 'fixture' } as const
  await database.prisma.$transaction(async (transaction) => {
    for (const [code, number] of Object.entries(list.codes)) {
      await issue(transaction, { kind: list.kind, household: { number }, by, now: now(), code })
    }
  })
}

const headings = [
  ...['id_keluarga_p3ke', 'nama', 'nik', 'tanggal_lahir', 'desa_kelurahan'],
  ...['penerima_pkh', 'penerima_sembako'],
]

function csvOf({ persons }: ListFixture): string {
  const rows = persons.map((row) =>
    [row.keluarga, row.nama, row.nik, row.tanggal_lahir, row.kelurahan, row.pkh, row.sembako].join(';'),
  )
  return `${[headings.join(';'), ...rows].join('\n')}\n`
}

async function writeCodeWord({ storage, now }: App, value: string): Promise<void> {
  await storage.database.prisma.setting.create({
    data: { name: 'code_word', value, changedAt: now(), changedBy: 'fixture' },
  })
}
