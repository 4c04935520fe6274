import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type DemoSize, fullDemo, generateDemo, smallDemo } from '../../prisma/demo.ts'
import { demoCsv } from '../../prisma/demo-csv.ts'
import { createLanguage } from '../language/language.ts'
import { type Command, UsageError } from './command.ts'
import type { CliContext } from './context.ts'
import { loadDemo } from './load-demo.ts'
import { readOptions, wrongUsage } from './usage.ts'

/** `lopo demo`: synthetic people and courses, to try the bot with. */
export const demoCommand: Command = {
  summary: 'load synthetic people as a list, with three courses; or write the people as P3KE files',
  usage: 'demo load [--full]\ndemo write [--full] --dir FOLDER',
  async run(args, context) {
    const { what, size, dir } = readArguments(args, this.usage)
    if (what === 'write') return write(size, dir, context)
    if (context.config.production) throw new UsageError('synthetic data has no place in production')
    const app = await context.openApp()
    try {
      const outcome = await loadDemo(app, context, size)
      if (outcome.type === 'real_list')
        throw new UsageError('a real list is in force: synthetic data must not replace it')
      for (const line of outcome.personas) context.out(`${line}\n`)
      return 0
    } finally {
      await app.close()
    }
  },
}

function readArguments(args: readonly string[], usage: string) {
  const { values, positionals } = readOptions(args, usage, {
    full: { type: 'boolean', default: false },
    dir: { type: 'string' },
  })
  const [what, ...more] = positionals
  const size = values.full ? fullDemo : smallDemo
  if (more.length > 0) throw wrongUsage(`${more[0]} is too much`, usage)
  if (what === 'write') {
    if (values.dir === undefined) throw wrongUsage('--dir, the folder to write to, is missing', usage)
    return { what, size, dir: values.dir } as const
  }
  if (what !== 'load') {
    throw wrongUsage(what === undefined ? 'what to do is missing' : `demo cannot ${what}`, usage)
  }
  if (values.dir !== undefined) throw wrongUsage('--dir is for demo write', usage)
  return { what, size, dir: '' } as const
}

async function write(size: DemoSize, dir: string, context: CliContext): Promise<number> {
  const { places } = createLanguage((await context.readFlowTexts()).language)
  await mkdir(dir, { recursive: true })
  for (const sheet of ['keluarga', 'individu'] as const) {
    const file = path.join(dir, `p3ke-${sheet}-contoh.csv`)
    await rm(file, { force: true })
    await pipeline(Readable.from(demoCsv(sheet, generateDemo(size, places.all))), createWriteStream(file))
    context.out(`${file}\n`)
  }
  return 0
}
