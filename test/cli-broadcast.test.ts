import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../src/app.ts'
import { broadcastCommand } from '../src/cli/broadcast.ts'
import type { CliContext } from '../src/cli/context.ts'
import { parseConfig } from '../src/config.ts'
import { createLogger } from '../src/log.ts'
import { type BroadcastWorld, ina, monday, openBroadcastWorld } from './broadcast/broadcast-world.ts'
import { readGround } from './support/test-app.ts'

let world: BroadcastWorld
let folder: string
beforeAll(async () => {
  world = await openBroadcastWorld()
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-broadcast-'))
  await world.people(3)
  await world.person({ topics: ['umkm'] })
}, 60_000)
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const house = { broadcasts: world.desk, close: async () => undefined } as unknown as App
  const context: CliContext = {
    ...{ config: parseConfig({ LOPO_DATA_DIR: folder }), log: createLogger('silent'), dataDir: folder },
    ...{ isTerminal: false, now: () => monday },
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    async *lines() {},
    readFlowTexts: async () => (await readGround()).texts,
    openApp: async () => house,
    leave: async () => undefined,
  }
  const code = await broadcastCommand.run(args, context)
  return { code, out: out.join(''), err: err.join('') }
}

async function fileOf(text: string): Promise<string> {
  const file = path.join(folder, 'kabar.yaml')
  await writeFile(file, text)
  return file
}

const few = `
title: Pasar UMKM
text: Pasar UMKM hari Sabtu di {{kelurahan}}.
audience: { topics: [umkm] }
expires_at: 2026-12-12 16.00
`

describe('lopo broadcast', () => {
  it('makes a broadcast of a file, counts it, sends it and exports who it was for', async () => {
    expect(await run()).toEqual({ code: 0, out: '', err: 'There is no broadcast.\n' })
    const number = (await run('create', await fileOf(few))).out.trim()
    expect((await run('count', number)).out).toContain('reachable 1\ntelegram: 1,')
    expect(JSON.parse((await run('count', number, '--json')).out)).toMatchObject({ reachable: 1 })
    expect((await run('show', number)).out).toContain('may be done: edit, send, remove')
    expect((await run('send', number)).err).toBe(`Broadcast ${number} leaves.\n`)
    await world.tend(monday)
    await world.prepare(Number(number))
    expect(JSON.parse((await run('list', '--json')).out)).toMatchObject([
      { number: Number(number), state: 'sending', figures: { audience: 1, queued: 1 } },
    ])
    for (const word of ['pause', 'resume', 'cancel']) expect((await run(word, number)).code).toBe(0)
    const file = path.join(folder, 'out.csv')
    expect((await run('export', number, '--out', file)).err).toBe('1 recipients.\n')
    expect((await readFile(file, 'utf8')).split('\r\n')[1]).toContain('suppressed,cancelled')
    expect((await run('export', number)).out).toContain('row,channel')
    expect((await run('list')).out).toBe('')
    expect((await run('list', '--all')).out).toContain('suppressed 1')
    expect(JSON.parse((await run('show', number, '--json')).out)).toMatchObject({
      state: 'cancelled',
      moves: [],
    })
  })

  it('does not let whoever proposed it approve it', async () => {
    const many = few.replace('[umkm]', "['training/menjahit']")
    const number = (await run('create', await fileOf(many))).out.trim()
    await expect(run('send', number)).rejects.toThrow(`broadcast ${number} is draft`)
    expect((await run('propose', number)).code).toBe(0)
    await expect(run('approve', number)).rejects.toThrow('a second person has to')
  })

  it('tells everything that is wrong with a file, and with what is typed', async () => {
    const broken = await fileOf('title: x\naudience: { topics: [umkm] }\nscheduled_at: besok\n')
    await expect(run('create', broken)).rejects.toThrow(/text: .*\n.*scheduled_at: is no time/)
    const wrong = await fileOf(few.replace('[umkm]', '[sulap]').replace('kelurahan', 'nama'))
    await expect(run('create', wrong)).rejects.toThrow(
      /text: names a variable.*nama\n.*topics: is no topic: sulap/,
    )
    await expect(run('create', path.join(folder, 'none'))).rejects.toThrow('cannot be read')
    await expect(run('fly')).rejects.toThrow('broadcast cannot fly')
    await expect(run('show')).rejects.toThrow('the number is missing')
    await expect(run('show', 'x')).rejects.toThrow('x is no number')
    await expect(run('list', '1')).rejects.toThrow('1 is too much')
    await expect(run('pause', '99')).rejects.toThrow('no broadcast has the number 99')
  })

  it('lists the saved audiences', async () => {
    expect((await run('audiences')).err).toBe('No audience is saved.\n')
    const { audience } = await world.read(await world.draft())
    await world.desk.saveAudience(ina, 'Penjahit', audience)
    expect((await run('audiences')).out).toBe('Penjahit\ttraining/menjahit\n')
    expect(JSON.parse((await run('audiences', '--json')).out)).toMatchObject([{ name: 'Penjahit' }])
  })
})
