import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import type { Measured } from './closed-loop.ts'

/** Where BuilderBot remembers: its own MemoryDB, or a plain Map that it does not ship and that costs nothing. */
export type Memory = 'memory_db' | 'map'

const figure = z.number()
const measured = z.object({
  ...{ chats: figure, seconds: figure, messages: figure, messagesPerSecond: figure, bestSecond: figure },
  ...{ p50: figure, p99: figure, max: figure },
  ...{ lost: figure, repeated: figure, wrong: figure, failed: figure, said: figure, heard: figure },
})

/** Whether `npm install --prefix bench` was run. */
export function hasBuilderBot(): boolean {
  try {
    createRequire(import.meta.url).resolve('@builderbot/bot')
    return true
  } catch {
    return false
  }
}

/** Measures BuilderBot in a process of its own, in a folder of its own: it writes every message into log files there. */
export async function runBuilderBot(options: {
  chats: number
  warmUpSeconds: number
  seconds: number
  memory: Memory
}): Promise<Measured> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-bench-builderbot-'))
  const child = fork(new URL('../peers/builderbot.ts', import.meta.url), [JSON.stringify(options)], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  try {
    const told = await new Promise((resolve, reject) => {
      child.once('message', resolve)
      child.once('error', reject)
      child.once('exit', (code) =>
        reject(new Error(`BuilderBot ended with ${code} before it told its figures`)),
      )
    })
    return measured.parse(told)
  } finally {
    child.kill()
    await rm(folder, { recursive: true, force: true })
  }
}
