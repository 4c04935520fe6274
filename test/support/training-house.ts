import type { Page } from 'playwright-core'
import { parse } from 'yaml'
import { z } from 'zod'
import { type App, buildApp } from '../../src/app.ts'
import { contentOf } from '../../src/app-words.ts'
import { startServices } from '../../src/services/start-services.ts'
import { createStaffAccounts } from '../../src/staff/create-staff-accounts.ts'
import type { StaffRole } from '../../src/staff/officer.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import { parseApplicantTexts } from '../../src/web/desk/applicants/applicant-texts.ts'
import { type DeskTexts, parseDeskTexts } from '../../src/web/desk/desk-texts.ts'
import { parseTrainingTexts } from '../../src/web/desk/trainings/training-texts.ts'
import { totp } from '../staff/staff-world.ts'
import { type BotApiServer, startBotApiServer } from './bot-api-server.ts'
import { enrolOfficer, type SignInMeans } from './desk-house.ts'
import { openTestGround } from './test-app.ts'

/** The whole of Lopo in this process, with a loopback Telegram and a clock that is moved by hand. */
export interface TrainingHouse {
  readonly app: App
  readonly url: string
  readonly telegram: BotApiServer
  readonly texts: ReturnType<typeof readDeskTexts>
  /** The longest words that a step such as `hadir/salah` says to everybody. */
  wordsOf(step: string): string
  /** Every log line. */
  readonly logged: readonly string[]
  /** Moves the clock, and has the queue do what is due by then. */
  moveTo(moment: string): Promise<void>
  /** Adds an officer, who signs in for the first time in this browser. */
  enrol(page: Page, login: string, name: string, role: StaffRole): Promise<SignInMeans>
  /** Opens a page of the desk, signing in again where the session has ended with the hours that went by. */
  openDesk(page: Page, path: string, means: SignInMeans): Promise<void>
  /** A person on Telegram. */
  resident(id: number): TelegramResident
  close(): Promise<void>
}

/** A person on Telegram, who is told things without having asked, too. */
export interface TelegramResident {
  /** Says something and waits until the answer holds `until`; all of the answer. */
  say(text: string, until: string): Promise<string>
  /** Waits for a message with these words that was not waited for before, and answers its text. */
  hear(...words: readonly string[]): Promise<string>
  /** Waits for a file. */
  receiveFile(): Promise<{ readonly name: string; readonly bytes: Buffer; readonly caption: string }>
  /** All that was ever said to the person. */
  all(): string
}

const patience = 20_000

/** Starts it at a moment; `environment` is as a person would set it. */
export async function startTrainingHouse(
  begin: string,
  environment: Record<string, string> = {},
): Promise<TrainingHouse> {
  let now = new Date(begin)
  let moves = 0
  const clock = () => now
  const telegram = await startBotApiServer({ now: () => now.getTime() })
  const ground = await openTestGround({
    ...{ TELEGRAM_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot },
    ...environment,
  })
  const app = await buildApp({ ...ground, clock })
  const services = await startServices(app, 'all')
  const url = (app.addresses[0] ?? '').replace(/\/chat$/, '').replace('localhost', '127.0.0.1')
  const texts = readDeskTexts(app)
  return {
    ...{ app, url, telegram, texts },
    wordsOf: (step) => stepWords(app, step),
    logged: ground.logged,
    async moveTo(moment) {
      now = new Date(moment)
      moves += 1
      for (const name of ['tend-trainings', 'tend-broadcasts'])
        await app.queue.send?.(name, `by hand ${moves} ${moment}`)
    },
    enrol: async (page, login, name, role) =>
      enrolOfficer(page, { url, texts: texts.desk }, login, await addOfficer(app, login, name, role)),
    async openDesk(page, path, means) {
      await page.goto(`${url}/desk${path}`)
      if (new URL(page.url()).pathname === '/desk/masuk') await signInAgain(page, texts.desk, means)
    },
    resident: (id) => createResident(telegram, id),
    async close() {
      await services.stop()
      await app.close()
      await telegram.close()
    },
  }
}

function readDeskTexts({ texts }: App) {
  return {
    desk: parseDeskTexts(contentOf(texts, 'meja')),
    courses: parseTrainingTexts(contentOf(texts, 'meja-pelatihan')),
    people: parseApplicantTexts(contentOf(texts, 'meja-peserta')),
  }
}

const flowShape = z.object({
  flow: z.string(),
  steps: z.record(
    z.string(),
    z.object({ ask: z.string().optional(), choose: z.string().optional(), say: z.string().optional() }),
  ),
})

function stepWords({ texts }: App, wanted: string): string {
  const [name, step = ''] = wanted.split('/')
  const file = texts.flows.find(({ path }) => path === `flows/${name}.yaml`)
  const { ask, choose, say } = flowShape.parse(parse(file?.text ?? '')).steps[step] ?? {}
  const pieces = (ask ?? choose ?? say ?? '').split(/\{\{\w+\}\}|\n/).map((piece) => piece.trim())
  const longest = pieces.toSorted((one, other) => other.length - one.length)[0]
  return longest || fail(`${wanted} says nothing`)
}

/** The first password of an officer who is added. */
async function addOfficer(
  { storage, language, now }: App,
  login: string,
  name: string,
  role: StaffRole,
): Promise<string> {
  const { database, keyring } = storage
  const deps = { database, keyring, audit: createAuditTrail(), now, places: language.places }
  const added = await createStaffAccounts(deps).add({ login, name, roles: [role] }, 'cli')
  if (added.type !== 'added') throw new Error(`the officer was not added: ${added.why}`)
  return added.firstPassword
}

async function signInAgain(
  page: Page,
  { sign_in, code }: DeskTexts,
  { login, password, secret }: SignInMeans,
): Promise<void> {
  await page.getByLabel(sign_in.login).fill(login)
  await page.getByLabel(sign_in.password).fill(password)
  await page.getByRole('button', { name: sign_in.submit, exact: true }).click()
  await page.getByLabel(code.code).fill(totp(secret))
  await page.getByRole('button', { name: code.submit, exact: true }).click()
  await page.waitForURL(({ pathname }) => !['/desk/masuk', '/desk/kode'].includes(pathname))
}

function createResident(telegram: BotApiServer, id: number): TelegramResident {
  const person = telegram.person(id)
  const waitedFor = new Set<number>()
  const textOf = (from: number) =>
    person.inbox
      .slice(from)
      .map(({ text }) => text)
      .join('\n\n')
  return {
    async say(text, until) {
      const before = person.inbox.length
      person.say(text)
      const isAnswered = () => textOf(before).includes(until)
      await telegram
        .until(isAnswered, `an answer with "${until}" to "${text}"`, patience)
        .catch((cause) => fail(`${cause}; ${id} got: ${textOf(before)}`))
      return textOf(before)
    },
    async hear(...words) {
      const find = () =>
        person.inbox.find(
          ({ text, messageId }) => !waitedFor.has(messageId) && words.every((word) => text.includes(word)),
        )
      const message = await telegram
        .until(find, `${id} hears ${words.join(', ')}`, patience)
        .catch((cause) => fail(`${cause}; ${id} got last: ${textOf(-3)}`))
      waitedFor.add(message.messageId)
      return message.text
    },
    async receiveFile() {
      const message = await person.waitForMessage(({ kind }) => kind === 'document', patience)
      const { name = '', bytes = Buffer.alloc(0) } = message.file ?? {}
      return { name, bytes, caption: message.text }
    },
    all: () => textOf(0),
  }
}

function fail(message: string): never {
  throw new Error(message)
}
