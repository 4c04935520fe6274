import { parseArgs } from 'node:util'
import { createLanguage } from '../language/language.ts'
import type { Command } from './command.ts'

/** `lopo understand`: which intent each line is taken for. Needs no database. */
export const understandCommand: Command = {
  summary: 'tell which intent each line is taken for',
  usage: 'understand [--json]',
  async run(args, context) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } })
    const language = createLanguage((await context.readFlowTexts()).language)
    for await (const line of context.lines()) {
      const { intent, score, alternatives } = language.understand(line)
      const result = { text: line, intent, score, alternatives }
      context.out(values.json ? `${JSON.stringify(result)}\n` : `${score.toFixed(2)}  ${intent}\t${line}\n`)
    }
    return 0
  },
}
