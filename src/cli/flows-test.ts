import { parseArgs } from 'node:util'
import { readFlows } from '../app.ts'
import { formatProblem } from '../flow/problem.ts'
import { parseScripts, type Script } from '../flow/script.ts'
import { createLanguage } from '../language/language.ts'
import type { FlowTexts } from '../storage/flow-files.ts'
import { openStorage } from '../storage/open-storage.ts'
import { openScratchStorage } from '../storage/scratch-storage.ts'
import type { CliContext } from './context.ts'
import { type Played, playScripts } from './play-scripts.ts'
import { readFixtures } from './script-fixtures.ts'

/** Plays every script of `flows/` on a database made for it; the status is 1 when one fails or a step is not visited. */
export async function testFlows(args: readonly string[], context: CliContext): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } })
  const texts = await context.readFlowTexts()
  const played = await play(texts, context)
  if (values.json) context.out(`${JSON.stringify(played)}\n`)
  else report(played, context)
  return played.failures.length + played.unvisited.length === 0 ? 0 : 1
}

/** Reads the scripts; throws one Error with everything that is wrong. */
export function readScripts(texts: FlowTexts): readonly Script[] {
  const parsed = texts.scripts.map(({ path, text }) => parseScripts(path, text))
  const problems = parsed.flatMap((file) => (file.type === 'broken' ? file.problems : []))
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'))
  return parsed.flatMap((file) => (file.type === 'parsed' ? file.scripts : []))
}

async function play(texts: FlowTexts, { config, log, err }: CliContext): Promise<Played> {
  const scripts = readScripts(texts)
  const language = createLanguage(texts.language)
  const flows = readFlows(texts, language)
  const server = await openStorage(config, log)
  try {
    const storage = await openScratchStorage(server.database.url)
    let number = 0
    const onScript = (name: string) => {
      number += 1
      err(`${number}/${scripts.length} ${name}\n`)
    }
    return await playScripts(
      { config, log, storage, texts, language, flows },
      scripts,
      readFixtures(texts.fixtures),
      onScript,
    )
  } finally {
    await server.close()
  }
}

function report({ scripts, failures, unvisited }: Played, { out, err }: CliContext): void {
  for (const failure of failures) out(`${failure}\n`)
  for (const step of unvisited) out(`no script visits ${step}\n`)
  if (failures.length + unvisited.length === 0) err(`${scripts} scripts pass, and visit every step\n`)
}
