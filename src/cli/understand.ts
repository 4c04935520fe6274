import { createLanguage } from '../language/language.ts'
import type { Command } from './command.ts'
import { readOptions, wrongUsage } from './usage.ts'

/** `lopo understand`: which intent each line is taken for. Needs no database. */
export const understandCommand: Command = {
  summary: 'tell which intent each line is taken for',
  usage: 'understand [--json]',
  async run(args, context) {
    const { values, positionals } = readOptions(args, this.usage, {
      json: { type: 'boolean', default: false },
    })
    if (positionals.length > 0)
      throw wrongUsage('what is understood is read from standard input, a line each', this.usage)
    const language = createLanguage((await context.readFlowTexts()).language)
    for await (const line of context.lines()) {
      const { intent, score, alternatives } = language.understand(line)
      const result = { text: line, intent, score, alternatives }
      context.out(values.json ? `${JSON.stringify(result)}\n` : `${score.toFixed(2)}  ${intent}\t${line}\n`)
    }
    return 0
  },
}
