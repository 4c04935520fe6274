import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createRotateKeys } from '../../src/assistance/rotate-keys.ts'
import { createNameResealer } from '../../src/assistance/store-reseal.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import { addKey, loadKeyring } from '../../src/storage/keyring.ts'
import { createAssistanceWorld, recipient, recorded } from '../support/assistance-world.ts'

describe('createRotateKeys', () => {
  it('seals every name anew, once, and leaves people findable', async () => {
    const world = await createAssistanceWorld()
    const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-keys-'))
    try {
      world.keyring = await loadKeyring(path.join(folder, 'keys'))
      await world.load([recipient, recorded])
      world.keyring = await addKey(path.join(folder, 'keys'))
      const resealers = [createNameResealer(world.database.prisma)]
      const rotate = createRotateKeys({
        secrets: world.keyring,
        resealers,
        audit: createAuditTrail(),
        inTransaction: (work) => world.run(work),
      })
      const by = { type: 'staff', id: 'petugas' } as const
      expect(await rotate({ by, now: world.now })).toEqual({ names: 2 })
      const names = (await world.database.prisma.listedPerson.findMany({ orderBy: { id: 'asc' } })).map(
        ({ name }) => name,
      )
      expect(names.map((name) => world.keyring.keyIdOf(name))).toEqual([
        world.keyring.currentId,
        world.keyring.currentId,
      ])
      expect(names.map((name) => world.keyring.open(name))).toEqual([recipient.name, recorded.name])
      await rotate({ by, now: world.now })
      const again = (await world.database.prisma.listedPerson.findMany({ orderBy: { id: 'asc' } })).map(
        ({ name }) => name,
      )
      expect(again).toEqual(names)
      const asker = { ...(await world.newChat()), now: world.now }
      const { nik, birthDate } = recipient
      const result = await world.run((transaction) =>
        world.check().checkByNik(transaction, asker, { nik, birthDate }),
      )
      expect(result.outcome).toBe('recipient')
    } finally {
      await world.close()
      await rm(folder, { recursive: true })
    }
  })
})
