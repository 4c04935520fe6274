import { parseArgs } from 'node:util'
import { readFlows } from '../app.ts'
import { standings } from '../conversation/standings-store.ts'
import type { FlowSet } from '../flow/flow-set.ts'
import { createLanguage } from '../language/language.ts'
import type { CliContext } from './context.ts'

/** How many people stand at a step, and whether they can go on from there. */
interface Standing {
  readonly step: string
  readonly people: number
  readonly goesOn: boolean
}

/** Checks the flows and has running processes read them again; `--dry-run` only tells who stands where. */
export async function publishFlows(args: readonly string[], context: CliContext): Promise<number> {
  const options = {
    json: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
  } as const
  const { values } = parseArgs({ args: [...args], options })
  const texts = await context.readFlowTexts()
  const flows = readFlows(texts, createLanguage(texts.language))
  const app = await context.openApp()
  try {
    const standing = (await standings(app.storage.database.pool)).map((row) => judge(flows, row))
    if (values.json) context.out(`${JSON.stringify(standing)}\n`)
    else
      for (const { step, people, goesOn } of standing)
        context.out(`${people}\t${step}\t${goesOn ? 'goes on' : 'back to the menu'}\n`)
    if (values['dry-run']) return 0
    await app.signals.send('flows', '')
    context.err('Running processes read the flows again.\n')
    return 0
  } finally {
    await app.close()
  }
}

function judge({ steps }: FlowSet, { step, people }: { step: string; people: number }): Standing {
  return { step, people, goesOn: steps.has(step) }
}
