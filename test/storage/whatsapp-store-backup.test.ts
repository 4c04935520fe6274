import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { backUp, restore } from '../../src/storage/backup.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createWhatsAppStore } from '../../src/storage/whatsapp-store.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

const keyring = createKeyring([newKeyEntry()])

function open({ pool, prisma }: TestDatabase) {
  return createWhatsAppStore({ pool, prisma, keyring, now: () => new Date(), account: 'main' })
}

it('a backup brings a linked account to another database, which goes on from there', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-backup-'))
  const file = path.join(folder, 'all.gz')
  const [full, empty] = [await createTestDatabase(), await createTestDatabase()]
  const [from, to] = [open(full), open(empty)]
  await from.writeCreds('{"n":1}')
  await from.writeKeys([{ type: 'session', id: 'a.0', value: 'first' }])
  await from.archive()
  await from.writeCreds('{"n":2}')
  await from.writeKeys([{ type: 'session', id: 'a.0', value: 'second' }])
  await from.nameOf('1@lid', '621@s.whatsapp.net')
  const arrival = await from.noteArrival(new Uint8Array([1]))
  await from.keepSent('3EB000', new Uint8Array([2]))
  await backUp(full.pool, file)
  await restore(empty.owner, file)
  expect(await to.readCreds()).toBe('{"n":2}')
  expect(await to.readKeys('session', ['a.0'])).toEqual(new Map([['a.0', 'second']]))
  expect(await to.nameOf('621@s.whatsapp.net')).toBe('1@lid')
  expect(await to.nameOf('2@lid')).toBe('2@lid')
  expect(await to.sent('3EB000')).toEqual(new Uint8Array([2]))
  expect(await to.noteArrival(new Uint8Array([3]))).toBeGreaterThan(arrival)
  expect(await to.status()).toEqual(await from.status())
  expect(await empty.prisma.whatsAppArchivedKey.count()).toBe(1)
  await Promise.all([full.close(), empty.close(), rm(folder, { recursive: true })])
})
