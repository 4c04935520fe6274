import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLogger } from '../../src/log.ts'
import { openSignals } from '../../src/storage/signals.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const log = createLogger('silent')
const listening = async () =>
  Number(
    (
      await database.pool.query(
        "SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'lopo signals' AND datname = current_database()",
      )
    ).rows[0]?.n,
  )

describe('openSignals', () => {
  it('hears words, and after an outage again, on one connection', async () => {
    const url = new URL(database.url)
    const proxy = await startTcpProxy(Number(url.port))
    url.port = String(proxy.port)
    const signals = await openSignals({ url: url.href, pool: database.pool, log, reconnectMs: 20 })
    const heard: string[] = []
    let gaps = 0
    await signals.on('words', (word) => heard.push(word))
    signals.onGap(() => {
      gaps += 1
    })
    await signals.send('words', 'one')
    await vi.waitFor(() => expect(heard).toEqual(['one']))
    for (let outage = 1; outage <= 3; outage += 1) {
      await proxy.cut()
      await vi.waitFor(async () => expect(await listening()).toBe(0))
      // Long enough for several attempts to fail.
      const before = Date.now()
      await vi.waitFor(() => expect(Date.now() - before).toBeGreaterThan(150))
      await proxy.open()
      await vi.waitFor(() => expect(gaps).toBe(outage))
    }
    expect(await listening()).toBe(1)
    await signals.send('words', 'two')
    await vi.waitFor(() => expect(heard).toEqual(['one', 'two']))
    await signals.stop()
    await vi.waitFor(async () => expect(await listening()).toBe(0))
    await proxy.close()
  })
  it('passes a word to everybody who listens for it', async () => {
    const signals = await openSignals({ url: database.url, pool: database.pool, log })
    const heard: string[] = []
    await signals.on('news', (word) => heard.push(`first ${word}`))
    await signals.on('news', (word) => heard.push(`second ${word}`))
    await signals.send('news', 'one')
    await vi.waitFor(() => expect(heard).toEqual(['first one', 'second one']))
    await signals.stop()
  })
})
