import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDeskChannels } from '../../src/services/desk-channels.ts'
import type { Officer } from '../../src/staff/officer.ts'
import type { LinkingState } from '../../src/web/desk/house/channels-pages.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import type { BotAccount } from '../support/whatsapp/bot-account.ts'
import { whatsAppSettings } from '../support/whatsapp-house.ts'
import { startWhatsAppServer, type WhatsAppServer } from '../support/whatsapp-server.ts'

const officer: Officer = { id: 'o-1', name: 'Maria Contoh', roles: ['admin'] }

let server: WhatsAppServer
let account: BotAccount
let app: TestApp
beforeEach(async () => {
  server = await startWhatsAppServer()
  Object.assign(process.env, server.environment)
  account = server.account({ phone: '6281539900001', lid: '539900000001', name: 'Lopo' })
  app = await openTestApp(whatsAppSettings(server))
}, 60_000)
afterEach(async () => {
  await server.close()
  await app.close()
})

async function shown(state: () => LinkingState): Promise<string> {
  await expect.poll(() => state().type, { timeout: 20_000 }).toBe('shown')
  const now = state()
  return now.type === 'shown' ? now.qr : ''
}

describe('createDeskChannels', () => {
  it('links a phone that scans the picture, notes who did, and undoes it', async () => {
    const channels = createDeskChannels(app)
    expect(await channels.accounts()).toMatchObject([{ account: 'main', state: 'unlinked', isLinked: false }])
    channels.link('main', officer)
    channels.link('main', officer)
    const qr = await shown(() => channels.linking('main'))
    account.scan(qr)
    await expect.poll(() => channels.linking('main').type, { timeout: 20_000 }).toBe('linked')
    expect(await channels.accounts()).toMatchObject([{ isLinked: true }])
    channels.link('main', officer)
    await expect.poll(() => channels.linking('main').type).toBe('linked_already')
    expect(await channels.unlink('main', officer)).toBe('unlinked')
    expect(await channels.unlink('main', officer)).toBe('not_linked')
    const trail = await app.storage.database.prisma.auditEntry.findMany({
      where: { action: { startsWith: 'whatsapp.' } },
      orderBy: { id: 'asc' },
    })
    expect(trail.map(({ action, actorId, outcome }) => [action, actorId, outcome])).toEqual([
      ['whatsapp.link', 'o-1', 'linked'],
      ['whatsapp.unlink', 'o-1', 'unlinked'],
    ])
  }, 90_000)
})
