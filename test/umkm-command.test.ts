import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, buildApp } from '../src/app.ts'
import type { CliContext } from '../src/cli/context.ts'
import { umkmCommand } from '../src/cli/umkm.ts'
import { openTestGround } from './support/test-app.ts'

let app: App
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-umkm-'))
  app = await buildApp(await openTestGround({ LOPO_NOW: '2026-12-01T09:00:00+08:00' }))
}, 60_000)
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const context = {
    ...{ config: app.config, log: app.log, dataDir: folder, isTerminal: false, now: app.now },
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    async *lines() {},
    readFlowTexts: async () => app.texts,
    openApp: async () => ({ ...app, close: async () => undefined }),
    leave: async () => undefined,
  } satisfies CliContext
  const code = await umkmCommand.run(args, context)
  return { code, out: out.join(''), err: err.join('') }
}

async function fileOf(name: string, text: string): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, text)
  return file
}

const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out)

describe('umkmCommand', () => {
  it('imports a list, tries it first, and tells counts as JSON', async () => {
    const file = await fileOf(
      'umkm.csv',
      'nama usaha;kelurahan\nMadu Contoh;Lasiana\n;Liliba\nKopi Contoh;Liliba\n',
    )
    const counts = { rows: 3, accepted: 2, quarantined: 1, reasons: { 'name.empty': 1 }, added: 2 }
    const trial = await json('import', file, '--source', 'dinkop', '--dry-run')
    expect(trial).toMatchObject({ ...counts, source: 'dinkop', dry_run: true })
    expect(await json('list')).toEqual([])
    expect(await json('import', file, '--source', 'dinkop')).toMatchObject({ ...counts, dry_run: false })
    expect((await run('import', file, '--source', 'dinkop')).out).toContain('0 new, 0 changed, 2 the same')
  })

  it('lists shops that nobody has taken, and invites their owners', async () => {
    const [first] = await json('list', '--kelurahan', 'Lasiana')
    expect(first).toMatchObject({ name: 'Madu Contoh', source: 'dinkop', invited_until: null })
    const [made] = await json('invite', '--shop', String(first.shop))
    expect(made).toMatchObject({ shop: first.shop, kelurahan: 'Lasiana', links: [] })
    expect(made.code).toMatch(/^\d{12}$/)
    expect((await run('list')).out).toContain('Madu Contoh, Lasiana (dinkop), invited until 2027-01-30')
    expect((await run('invite', '--kelurahan', 'Lasiana')).code).toBe(1)
    expect((await run('invite', '--kelurahan', 'Liliba')).out).toMatch(/Kopi Contoh: \d{4} \d{4} \d{4}/)
  })

  it('says which headings there are when it knows none, and takes a mapping', async () => {
    const file = await fileOf('lain.csv', 'merek dagang;tempat\nRoti Contoh;Oesapa\n')
    const unknown = await run('import', file, '--source', 'saboak')
    expect(unknown).toMatchObject({ code: 1, out: '' })
    expect(unknown.err).toContain('merek dagang, tempat')
    const mapping = await fileOf('mapping.yaml', 'name: merek dagang\nkelurahan: tempat\n')
    expect((await run('import', file, '--source', 'saboak', '--mapping', mapping)).code).toBe(0)
    const wrong = await fileOf('wrong.yaml', 'nik: tempat\n')
    await expect(run('import', file, '--source', 'saboak', '--mapping', wrong)).rejects.toThrow(
      'names headings by',
    )
  })

  it('refuses what is typed wrong before anything is opened', async () => {
    const refused = [
      ['import'],
      ['import', 'x.csv'],
      ['import', 'x.csv', '--source', 'Sumber Saya'],
      ['import', 'x.csv', 'y.csv', '--source', 'dinkop'],
      ['list', '--source', 'dinkop'],
      ['invite'],
      ['invite', '--shop', '0'],
      ['invite', '--shop', '1', '--kelurahan', 'Lasiana'],
      ['invite', '--kelurahan', 'Tarus'],
      ['hapus'],
      ['import', path.join(folder, 'missing.csv'), '--source', 'dinkop'],
    ]
    for (const args of refused) await expect(run(...args)).rejects.toMatchObject({ name: 'UsageError' })
  })
})
