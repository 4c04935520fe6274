import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type DemoHousehold, type DemoSize, demoClaimCodes, generateDemo } from '../../prisma/demo.ts'
import { demoCourses } from '../../prisma/demo-courses.ts'
import { demoCsv } from '../../prisma/demo-csv.ts'
import type { App } from '../app.ts'
import { isoDay } from '../assistance/city-time.ts'
import { createIssueClaimCode } from '../assistance/claim-code.ts'
import { createClaimCodeStore } from '../assistance/store-claim-code.ts'
import { createListStore } from '../assistance/store-list.ts'
import { formatClaimCode } from '../language/claim-code.ts'
import { createListImport } from '../services/lists.ts'
import { createAuditTrail } from '../staff/store.ts'
import type { CliContext } from './context.ts'
import { createImportBar } from './import-bar.ts'
import { loadDemoMarket } from './load-demo-market.ts'
import { makeCourse } from './make-course.ts'

export type LoadDemoOutcome =
  /** `personas`: lines with what to type for each outcome. */
  | { readonly type: 'loaded'; readonly personas: readonly string[] }
  /** A list of real people is in force, and stays so. */
  | { readonly type: 'real_list' }

const kind = 'p3ke'
const title = 'DATA CONTOH (bukan data warga)'
const by = { type: 'system', id: 'demo' } as const

/**
 * Loads synthetic people through the importer, as a list of the first day of this month, with two claim codes; three courses where
 * there is none; and shops with products where there is none.
 */
export async function loadDemo(app: App, context: CliContext, size: DemoSize): Promise<LoadDemoOutcome> {
  const { prisma } = app.storage.database
  const versions = await createListStore().versions(prisma)
  if (versions.some((version) => !version.demo && version.place !== undefined)) return { type: 'real_list' }
  const households = () => generateDemo(size, app.language.places.all)
  const file = path.join(context.dataDir, `demo-${randomUUID()}.csv`)
  const bar = createImportBar()
  try {
    await pipeline(Readable.from(demoCsv('individu', households())), createWriteStream(file, { mode: 0o600 }))
    const asOf = `${isoDay(context.now()).slice(0, 7)}-01`
    const request = { file, kind, title, asOf, demo: true, by: by.id }
    const outcome = await createListImport(app)(request, bar.update)
    if (outcome.type !== 'imported') throw new Error(`the synthetic list was not loaded: ${outcome.type}`)
  } finally {
    bar.stop()
    await rm(file, { force: true })
  }
  const [first, second] = households()
  if (first === undefined || second === undefined) throw new Error('the synthetic list is empty')
  await issueCodes(app, context, [first, second])
  const courses = await loadCourses(app)
  const market = await loadDemoMarket(app, size.shops)
  return { type: 'loaded', personas: [...describe([first, second]), ...courses, ...market] }
}

/** A line for each course that was made. */
async function loadCourses(app: App): Promise<readonly string[]> {
  if ((await app.storage.database.prisma.course.count()) > 0) return []
  const lines: string[] = []
  for (const course of demoCourses(app.now(), app.language.places.all)) {
    const number = await makeCourse(app, course)
    lines.push(`course ${number}: ${course.plan.title}, ${course.state}`)
  }
  return lines
}

async function issueCodes(
  { storage }: App,
  context: CliContext,
  households: readonly DemoHousehold[],
): Promise<void> {
  const issue = createIssueClaimCode({
    store: createClaimCodeStore(),
    audit: createAuditTrail(),
    secrets: storage.keyring,
  })
  await storage.database.prisma.$transaction(async (transaction) => {
    for (const [index, { id }] of households.entries()) {
      const code = demoClaimCodes[index]
      if (code === undefined) continue
      await issue(transaction, { kind, household: { number: id }, by, now: context.now(), code })
    }
  })
}

function describe(households: readonly DemoHousehold[]): string[] {
  const lines = households.map(({ members: [head], kelurahan }, index) => {
    if (head === undefined) return ''
    const code = formatClaimCode(demoClaimCodes[index] ?? '')
    const what = index === 0 ? 'recipient' : 'recorded, not a recipient'
    const date = head.birthDate.split('-').reverse().join('-')
    return `${what}: birth date ${date}, kelurahan ${kelurahan.name}, last four digits ${head.nik.slice(-4)}, code ${code}`
  })
  return [...lines, 'not found: birth date 17-08-1945, kelurahan Oesapa, last four digits 9999']
}
