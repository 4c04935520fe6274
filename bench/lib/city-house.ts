import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type App, buildApp, readFlows } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { createLanguage } from '../../src/language/language.ts'
import { createLogger } from '../../src/log.ts'
import { readFlowTexts } from '../../src/storage/flow-files.ts'
import { openStorage } from '../../src/storage/open-storage.ts'

/** Builds the whole house with the city's own flows on an embedded PostgreSQL of its own, gone after `close`. */
export async function openCityHouse(
  clock: () => Date,
  environment: Readonly<Record<string, string>> = {},
): Promise<App> {
  const texts = await readFlowTexts()
  const language = createLanguage(texts.language)
  const flows = readFlows(texts, language)
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'lopo-bench-'))
  const config = parseConfig({ LOPO_DATA_DIR: dataDir, PORT: '0', ...environment })
  const log = createLogger('error')
  const storage = await openStorage(config, log)
  const app = await buildApp({ config, log, storage, texts, language, flows, clock })
  return {
    ...app,
    async close() {
      await app.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
