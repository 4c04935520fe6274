import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../src/app.ts'
import { broadcastCommand } from '../src/cli/broadcast.ts'
import type { CliContext } from '../src/cli/context.ts'
import { parseConfig } from '../src/config.ts'
import { createLogger } from '../src/log.ts'
import { createKeyring, newKeyEntry } from '../src/storage/keyring.ts'
import { createMediaStore, type MediaStore } from '../src/storage/media-store.ts'
import { type BroadcastWorld, ina, monday, oma, openBroadcastWorld } from './broadcast/broadcast-world.ts'
import { readGround } from './support/test-app.ts'

let world: BroadcastWorld
let folder: string
let media: MediaStore
beforeAll(async () => {
  world = await openBroadcastWorld()
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-broadcast-'))
  const keyring = createKeyring([newKeyEntry()])
  media = createMediaStore({ folder, prisma: world.prisma, keyring, now: () => monday })
  await world.people(3)
  await world.person({ topics: ['umkm'] })
}, 60_000)
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const { texts } = await readGround()
  const house = { broadcasts: world.desk, media, texts, close: async () => undefined } as unknown as App
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
    await expect(run('approve', number)).rejects.toThrow('a second person has to, at the desk')
  })

  it('is no second person for what was written at the desk, and says so', async () => {
    const number = String(await world.draft())
    await world.desk.propose(ina, Number(number), 0)
    await expect(run('approve', number)).rejects.toThrow('nor anybody at this machine approves it')
    expect((await run('show', number)).out).toContain('may be done: edit, remove')
    await expect(run('send-back', number)).rejects.toThrow('the reason is to be')
    expect((await run('send-back', number, '--reason', 'Tanggal salah')).code).toBe(0)
    expect((await world.read(Number(number))).state).toBe('draft')
    await expect(run('fly')).rejects.toThrow('a second person approves at the desk')
  })

  it('sends a picture along, changes it, shows how it looks, tests and removes it', async () => {
    const picture = path.join(folder, 'pasar.png')
    const create = { width: 300, height: 300, channels: 3, background: '#8c2f1b' } as const
    await writeFile(picture, await sharp({ create }).png().toBuffer())
    const posted = `${few}posts: [telegram]\nbuttons: [{ label: Lihat, words: pelatihan }]\n`
    const file = await fileOf(posted)
    const number = (await run('create', file, '--picture', picture)).out.trim()
    const kept = (await world.read(Number(number))).media
    expect(kept).toMatchObject({ type: 'photo', mime: 'image/png', name: 'pasar.png' })
    await fileOf(posted.replace('Sabtu', 'Minggu'))
    expect((await run('edit', number, file)).err).toContain('is changed')
    expect(await world.read(Number(number))).toMatchObject({ media: kept, version: 1 })
    const { out } = await run('preview', number)
    expect(out).toContain('--- telegram ---\nPasar UMKM hari Minggu di Kota Kupang.')
    expect(out).toContain('[Lihat]')
    expect(out).toContain('--- public, telegram ---')
    expect(out).toContain('?start=pelatihan')
    expect((await run('test', number)).out).toMatch(/^uji \d{6}\n$/)
    expect((await run('test', number, '--again')).err).toContain('Shown in 0 chats')
    await writeFile(picture, 'text')
    await expect(run('edit', number, file, '--picture', picture)).rejects.toThrow('is no JPEG')
    await expect(run('edit', number)).rejects.toThrow('the file is missing')
    await expect(run('edit', number, file, 'more')).rejects.toThrow('more is too much')
    await expect(run('preview', '99')).rejects.toThrow('no broadcast has the number 99')
    expect((await run('remove', number)).err).toContain('is removed')
    expect(await world.desk.read(oma, Number(number))).toBeUndefined()
  })

  it('counts with what it costs, and with samples where they are many enough', async () => {
    const many = few.replace('[umkm]', "['training/menjahit']")
    const number = (await run('create', await fileOf(many))).out.trim()
    const before = (await run('count', number)).out
    expect(before).toContain('cost telegram: tanpa biaya')
    expect(before).not.toContain('cost whatsapp')
    expect(before).not.toContain('sample ')
    await world.people(2)
    expect((await run('count', number)).out.match(/^sample telegram ••••/gm)).toHaveLength(5)
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
