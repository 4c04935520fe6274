import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

const names = [
  'messages',
  'engine',
  'import',
  'check',
  'understand',
  'whatsapp',
  'registrations',
  'reminders',
  'broadcasts',
  'search',
  'catalogue',
  'photo',
]

/** What the server itself is started with: garbage of a burst is collected less often, so that few answers wait for it. */
const asServed = ['--max-semi-space-size=64']
const flags: Readonly<Record<string, readonly string[]>> = {
  messages: asServed,
  check: asServed,
  registrations: asServed,
  catalogue: asServed,
  broadcasts: [...asServed, '--expose-gc'],
  whatsapp: [...asServed, '--expose-gc'],
}

/** Each benchmark has a process to itself, so that none is measured in the warmth or the garbage of another. */
function run(name: string, file: string, rest: readonly string[]): Promise<number> {
  const args = ['--disable-warning=ExperimentalWarning', ...(flags[name] ?? []), file, ...rest]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

const [name, ...rest] = process.argv.slice(2)
const file = path.join(import.meta.dirname, `${name}.ts`)
if (name === undefined || !names.includes(name) || !existsSync(file)) {
  process.stderr.write(`usage: npm run bench -- ${names.join('|')} [options]\n`)
  process.exitCode = 1
} else process.exitCode = await run(name, file, rest)
