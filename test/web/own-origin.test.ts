import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { isOwnOrigin } from '../../src/web/own-origin.ts'

async function ask(headers: Record<string, string>, publicUrl?: string): Promise<boolean> {
  const app = new Hono().get('/', (context) => context.text(String(isOwnOrigin(context, publicUrl))))
  const response = await app.request('/', { headers: { host: '10.0.0.1:3000', ...headers } })
  return (await response.text()) === 'true'
}

describe('isOwnOrigin', () => {
  it('knows the server by the address people use, and without one by what was asked for', async () => {
    expect(await ask({ origin: 'https://lopo.example' }, 'https://lopo.example')).toBe(true)
    expect(await ask({ origin: 'http://10.0.0.1:3000' })).toBe(true)
    expect(await ask({ origin: 'http://10.0.0.1:3000' }, 'https://lopo.example')).toBe(false)
  })

  it('refuses pages of others, and origins that are none', async () => {
    for (const origin of ['https://elsewhere.example', 'null', 'http://10.0.0.1:4000']) {
      expect([origin, await ask({ origin }, 'https://lopo.example')]).toEqual([origin, false])
      expect([origin, await ask({ origin }, '')]).toEqual([origin, false])
    }
    expect(await ask({ 'sec-fetch-site': 'cross-site' })).toBe(false)
  })

  it('believes browsers that are too old to say', async () => {
    expect(await ask({}, 'https://lopo.example')).toBe(true)
  })
})
