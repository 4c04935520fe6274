import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { type App, buildApp, readFlows } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { createLanguage } from '../../src/language/language.ts'
import { createLogger } from '../../src/log.ts'
import { type FlowText, type FlowTexts, readFlowTexts } from '../../src/storage/flow-files.ts'
import { openStorage } from '../../src/storage/open-storage.ts'

const flowFolder = path.join(import.meta.dirname, '../flows')
const systemFile = z.looseObject({ commands: z.record(z.string(), z.looseObject({})) })

/**
 * Builds the whole house with the flows of `bench/flows` on an embedded PostgreSQL of its own, gone after `close`; `settings`
 * are as in the environment.
 */
export async function openBenchHouse(settings: Readonly<Record<string, string>> = {}): Promise<App> {
  const texts = await readBenchTexts()
  const language = createLanguage(texts.language)
  const flows = readFlows(texts, language)
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'lopo-bench-'))
  const config = parseConfig({ LOPO_DATA_DIR: dataDir, PORT: '0', ...settings })
  const log = createLogger('error')
  const storage = await openStorage(config, log)
  const app = await buildApp({ config, log, storage, texts, language, flows })
  return {
    ...app,
    async close() {
      await app.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The city's language and system texts, with the flows of the benchmark in place of the city's. */
async function readBenchTexts(): Promise<FlowTexts> {
  const city = await readFlowTexts()
  const names = (await readdir(flowFolder)).filter((name) => name.endsWith('.yaml'))
  const flows = names.map(async (name) => ({
    path: `flows/${name}`,
    text: await readFile(path.join(flowFolder, name), 'utf8'),
  }))
  const system = city.flows.filter(({ path }) => path === 'flows/system.yaml').map(withBenchTargets)
  return { ...city, flows: [...(await Promise.all(flows)), ...system], scripts: [] }
}

/** Commands that lead into a flow of the city lead to the menu here. */
function withBenchTargets({ path, text }: FlowText): FlowText {
  const { intents: _, destructive: __, topics: ___, ...system } = systemFile.parse(parse(text))
  const commands = Object.entries(system.commands).map(([name, command]) => [
    name,
    'goes_to' in command ? { ...command, goes_to: 'menu/start' } : command,
  ])
  return { path, text: stringify({ ...system, commands: Object.fromEntries(commands) }) }
}
