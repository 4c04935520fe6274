import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKeyEntry } from '../../src/storage/keyring.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'
import { typeLopo } from '../support/typed-lopo.ts'

let database: TestDatabase
let folder: string
let settings: Record<string, string>

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-staff-'))
  settings = {
    LOPO_DATA_DIR: folder,
    DATABASE_URL: database.url,
    LOPO_KEYS: newKeyEntry(),
    LOPO_DEMO: 'no',
    PUBLIC_URL: 'https://lopo.example/',
  }
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

const staff = (...args: string[]) => typeLopo(['staff', ...args], settings)

describe('lopo staff', () => {
  it.each([
    [[], 'what to do is missing'],
    [['hire', 'a'], 'staff cannot hire'],
    [['add'], 'the login is missing'],
    [['add', 'ina', '--role', 'admin'], '--name, the name of the officer, is missing'],
    [['add', 'ina', '--name', 'Ina'], 'a role is missing'],
    [['add', 'ina', '--name', 'Ina', '--role', 'raja'], 'raja is none of the roles admin, bansos'],
    [['disable', 'ina', 'ama'], 'ama is too much'],
    [['role', 'ina'], 'a role is missing'],
    [['list', '5399012305730001'], 'lopo: # is too much'],
  ])('says what is wrong with %j, and how it is written', async (args, what) => {
    const { code, out, all } = await staff(...args)
    expect([code, out]).toEqual([1, ''])
    expect(all).toContain(what)
    expect(all).not.toContain('5399012305730001')
    for (const line of all.trim().split('\n')) expect(line).toMatch(/^lopo\b/)
  })

  it('makes accounts, changes them, and says in one line what cannot be done', async () => {
    const added = await staff('add', 'Ina.Bria', '--name', 'Ina Bria', '--role', 'admin')
    expect([added.code, added.all]).toEqual([0, expect.any(String)])
    const rows = added.out
      .trim()
      .split('\n')
      .map((line) => line.split('\t'))
    expect(rows).toEqual([
      ['address', 'https://lopo.example/desk'],
      ['login', 'ina.bria'],
      ['first password', expect.stringMatching(/^([2-9a-z]{4}-){3}[2-9a-z]{4}$/)],
    ])
    expect(added.all).toContain('must be changed')

    const lurah = ['add', 'lurah.oebufu', '--name', 'Ama Lurah', '--role', 'lurah']
    expect(await staff(...lurah)).toMatchObject({
      code: 1,
      out: '',
      all: expect.stringMatching(/^lopo: lurah\.oebufu: .*--kelurahan\n$/),
    })
    expect((await staff(...lurah, '--kelurahan', 'oebufuu')).all).toBe(
      'lopo: there is no kelurahan "oebufuu": is it Oebufu?\n',
    )
    expect((await staff(...lurah, '--kelurahan', 'Oebufu')).code).toBe(0)
    const other = ['add', 'lurah.oesapa', '--name', 'Lurah Contoh', '--role', 'lurah', '--kelurahan']
    expect((await staff(...other, 'Oesapa (Kecamatan Kelapa Lima)')).code).toBe(0)
    const rest = ['role', 'lurah.oebufu', 'penjawab', 'lurah', '--kelurahan', '53.71.05.1001']
    expect((await staff(...rest)).code).toBe(0)

    expect((await staff(...lurah)).all).toContain('a lurah has a kelurahan')
    expect((await staff('add', 'ina.bria', '--name', 'X', '--role', 'umkm')).all).toBe(
      'lopo: ina.bria: the login is taken\n',
    )
    expect((await staff('disable', 'ina.bria')).all).toBe(
      'lopo: ina.bria: this is the last admin: make another one first\n',
    )
    expect((await staff('enable', 'siapa')).all).toBe('lopo: siapa: there is no such login\n')
    const reset = await staff('reset', 'ina.bria')
    expect(reset.out.split('\n')[2]).not.toBe(added.out.split('\n')[2])
    expect((await staff('disable', 'lurah.oebufu')).code).toBe(0)

    const list = await staff('list', '--json')
    expect(JSON.parse(list.out)).toMatchObject([
      {
        login: 'ina.bria',
        name: 'Ina Bria',
        roles: ['admin'],
        kelurahan: null,
        state: 'invited',
        last_seen_at: null,
      },
      { login: 'lurah.oebufu', roles: ['penjawab', 'lurah'], state: 'disabled' },
      { login: 'lurah.oesapa', kelurahan: '53.71.03.1010' },
    ])
    expect((await staff('list')).out).toContain('ina.bria\tinvited\tadmin\tIna Bria\n')
    const { rows: trail } = await database.pool.query(
      "SELECT action, actor_id FROM audit_entry WHERE action LIKE 'staff.%' ORDER BY id",
    )
    expect(trail.map(({ action }) => action)).toEqual([
      'staff.add',
      'staff.add',
      'staff.add',
      'staff.roles',
      'staff.reset',
      'staff.disable',
    ])
    for (const { actor_id } of trail) expect(actor_id).toBe(os.userInfo().username)
  }, 120_000)
})
