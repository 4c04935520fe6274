import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { newKeyEntry } from '../../src/storage/keyring.ts'
import { type DeskTexts, parseDeskTexts } from '../../src/web/desk/desk-texts.ts'
import { totp } from '../staff/staff-world.ts'
import { type BotApiServer, startBotApiServer } from './bot-api-server.ts'
import { type LopoProcess, startLopo } from './lopo-process.ts'
import { readGround } from './test-app.ts'
import { createTestDatabase } from './test-database.ts'

/** The whole of Lopo as a process of its own, with a loopback Telegram, and officers who are added by command. */
export interface DeskHouse {
  readonly url: string
  readonly telegram: BotApiServer
  readonly lopo: LopoProcess
  /** What `lopo staff add` answers: the first password. */
  addOfficer(login: string, name: string, role: string): Promise<string>
  /** Signs in for the first time in a browser: own password, authenticator, first code. */
  enrol(page: Page, login: string, firstPassword: string): Promise<unknown>
  close(): Promise<void>
}

/** Starts it on a database of its own. */
export async function startDeskHouse(): Promise<DeskHouse> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-desk-'))
  const database = await createTestDatabase()
  const telegram = await startBotApiServer()
  const { texts: files } = await readGround()
  const settings = {
    LOPO_DATA_DIR: folder,
    DATABASE_URL: database.url,
    LOPO_KEYS: newKeyEntry(),
    PORT: '0',
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
  }
  const lopo = startLopo(['start'], settings)
  await lopo.until(/Telegram: on/)
  const words = files.content.find((file) => file.path.endsWith('/meja.yaml'))?.text ?? ''
  const texts = parseDeskTexts(words)
  const url = (/Web chat: (http:\S+)\/chat/.exec(lopo.output())?.[1] ?? '').replace('localhost', '127.0.0.1')
  return {
    url,
    telegram,
    lopo,
    async addOfficer(login, name, role) {
      const adding = startLopo(['staff', 'add', login, '--name', name, '--role', role], settings)
      await adding.until(/first password\t\S+\n/)
      return /first password\t(\S+)/.exec(adding.output())?.[1] ?? ''
    },
    enrol: (page, login, firstPassword) => enrolOfficer(page, { url, texts }, login, firstPassword),
    async close() {
      await lopo.end('SIGTERM')
      await telegram.close()
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** What an officer signs in with. */
export interface SignInMeans {
  readonly login: string
  readonly password: string
  /** Of the authenticator. */
  readonly secret: string
}

/** Signs an officer in for the first time in a browser: own password, authenticator, first code. */
export async function enrolOfficer(
  page: Page,
  { url, texts: { sign_in, enrol } }: { readonly url: string; readonly texts: DeskTexts },
  login: string,
  firstPassword: string,
): Promise<SignInMeans> {
  const password = 'kolam ikan di oebobo'
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  await page.goto(`${url}/desk`)
  await page.getByLabel(sign_in.login).fill(login)
  await page.getByLabel(sign_in.password).fill(firstPassword)
  await press(sign_in.submit)
  await page.getByLabel(enrol.old_password).fill(firstPassword)
  await page.getByLabel(enrol.new_password, { exact: true }).fill(password)
  await page.getByLabel(enrol.repeat).fill(password)
  await press(enrol.next)
  const secret = ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '')
  await page.getByLabel(enrol.confirm).fill(totp(secret))
  await press(enrol.finish)
  await page.getByText(enrol.done).waitFor()
  return { login, password, secret }
}
