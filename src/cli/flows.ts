import { parseArgs } from 'node:util'
import { contracts } from '../app-parts.ts'
import { drawFlow } from '../flow/draw.ts'
import { type Loaded, loadFlows } from '../flow/load.ts'
import { formatProblem, type Problem } from '../flow/problem.ts'
import { createLanguage } from '../language/language.ts'
import { type Command, UsageError } from './command.ts'
import type { CliContext } from './context.ts'
import { publishFlows } from './flows-publish.ts'
import { testFlows } from './flows-test.ts'
import { wrongUsage } from './usage.ts'

type Subcommand = (args: readonly string[], context: CliContext) => Promise<number>

const subcommands: Readonly<Record<string, Subcommand>> = {
  check: checkFlows,
  test: testFlows,
  draw: drawFlows,
  publish: publishFlows,
}

/** `lopo flows`: looks after the conversations in `flows/`. */
export const flowsCommand: Command = {
  summary: 'check, test, draw or publish the conversations',
  usage: 'flows check [--json]\nflows test [--json]\nflows draw [NAME]\nflows publish [--dry-run] [--json]',
  async run([name = '', ...args], context) {
    const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined
    if (subcommand === undefined)
      throw wrongUsage(name === '' ? 'what to do is missing' : `flows cannot ${name}`, this.usage)
    return await subcommand(args, context)
  },
}

/** Reports everything that is wrong with the flows; the status is 1 when anything is. */
async function checkFlows(args: readonly string[], context: CliContext): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } })
  const loaded = await load(context)
  const problems = loaded.type === 'broken' ? loaded.problems : []
  context.out(values.json ? `${JSON.stringify(problems)}\n` : problems.map(line).join(''))
  if (!values.json && loaded.type === 'loaded') context.err(`${loaded.flows.flows.size} flows are sound\n`)
  return problems.length === 0 ? 0 : 1
}

/** Draws one flow, or all, as Mermaid flowcharts. */
async function drawFlows(args: readonly string[], context: CliContext): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true })
  const loaded = await load(context)
  if (loaded.type === 'broken') {
    context.err(loaded.problems.map(line).join(''))
    return 1
  }
  const { flows } = loaded.flows
  for (const name of positionals.length > 0 ? positionals : flows.keys()) {
    const flow = flows.get(name)
    if (flow === undefined) throw new UsageError(`flows draw: there is no flow ${name}`)
    context.out(drawFlow(flow))
  }
  return 0
}

async function load(context: CliContext): Promise<Loaded> {
  const texts = await context.readFlowTexts()
  return loadFlows({ files: texts.flows, actions: contracts, language: createLanguage(texts.language) })
}

function line(problem: Problem): string {
  return `${formatProblem(problem)}\n`
}
