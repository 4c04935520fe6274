import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ConfigError, parseConfig } from '../src/config.ts'

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    parseConfig(environment)
    return []
  } catch (error) {
    return error instanceof ConfigError ? error.problems : ['another error']
  }
}

describe('parseConfig', () => {
  it('takes an empty environment, and empty settings as absent', () => {
    expect(parseConfig({})).toEqual(parseConfig({ PORT: '', DATABASE_URL: '', TELEGRAM_TOKEN: '' }))
    expect(parseConfig({}).port).toBe(3000)
  })

  it('lists everything that is wrong at once, without the value', () => {
    const problems = problemsOf({
      PORT: 'x',
      TELEGRAM_TOKEN: 'secret-that-is-wrong',
      DATABASE_URL: 'mysql://x',
    })
    expect(problems).toHaveLength(3)
    expect(problems.join()).not.toContain('secret-that-is-wrong')
  })

  it.each([
    [{ NODE_ENV: 'production' }, 'PUBLIC_URL'],
    [{ LOPO_KEYS: 'x' }, 'LOPO_KEYS'],
    [{ LOG_LEVEL: 'loud' }, 'is none of fatal'],
    [{ NODE_ENV: 'production', LOPO_DEMO: 'yes' }, 'LOPO_DEMO'],
    [{ NODE_ENV: 'production', LOPO_NOW: '2026-01-05T09:00:00+08:00' }, 'LOPO_NOW'],
    [
      { TELEGRAM_TOKEN: '1:aaaaaaaaaaaaaaaaaaaaaaaaa', TELEGRAM_WEBHOOK_SECRET: 'a'.repeat(16) },
      'PUBLIC_URL',
    ],
    [{ TELEGRAM_API_ROOT: 'http://127.0.0.1:1' }, 'TELEGRAM_TOKEN'],
    [{ TELEGRAM_STAFF_CHAT: '-1001234567890' }, 'TELEGRAM_TOKEN'],
    [{ TELEGRAM_TOKEN: '1:aaaaaaaaaaaaaaaaaaaaaaaaa', TELEGRAM_STAFF_CHAT: '12345' }, 'id of a group'],
    [{ TELEGRAM_TOKEN: '1:aaaaaaaaaaaaaaaaaaaaaaaaa', TELEGRAM_STAFF_CHAT: '@grup' }, 'id of a group'],
    [{ LOPO_CHECK_WAYS: 'telegram=nik' }, 'LOPO_CHECK_WAYS'],
    [{ TELEGRAM_PER_SECOND: '0' }, 'TELEGRAM_PER_SECOND'],
    [{ TELEGRAM_PER_SECOND: 'fast' }, 'TELEGRAM_PER_SECOND'],
    [{ TELEGRAM_PER_SECOND: '5001' }, '1 to 5000'],
    [{ TELEGRAM_PUBLIC_CHANNEL: '@lopo_kupang' }, 'TELEGRAM_TOKEN'],
    [{ TELEGRAM_TOKEN: '1:aaaaaaaaaaaaaaaaaaaaaaaaa', TELEGRAM_PUBLIC_CHANNEL: 'lopo' }, '@name'],
    [{ WHATSAPP_WARM_UP_DAYS: 'x' }, 'WHATSAPP_WARM_UP_DAYS'],
    [{ WHATSAPP_PUBLIC_CHANNEL: '6281539900001' }, 'WHATSAPP_PUBLIC_CHANNEL'],
    [{ BROADCAST_APPROVAL_ABOVE: '-1' }, 'BROADCAST_APPROVAL_ABOVE'],
    [{ BROADCAST_CANARY: 'none' }, 'BROADCAST_CANARY'],
    [{ BROADCAST_CANARY_MINUTES: '0' }, 'BROADCAST_CANARY_MINUTES'],
    [{ BROADCAST_MOST_STOPS: '101' }, 'BROADCAST_MOST_STOPS'],
    [{ BROADCAST_MOST_FAILURES: '3%' }, 'BROADCAST_MOST_FAILURES'],
  ])('refuses %j and names %s', (environment, name) => {
    expect(problemsOf(environment).join()).toContain(name)
  })

  it('reads the ways to check by channel', () => {
    const { checkWays } = parseConfig({ LOPO_CHECK_WAYS: 'whatsapp=code; telegram=form,chat' })
    expect(checkWays).toMatchObject({ whatsapp: ['code'], telegram: ['form', 'chat'] })
  })

  it('lists what is wrong of broadcasts together with all else', () => {
    const problems = problemsOf({ PORT: 'x', BROADCAST_CANARY: 'x', BROADCAST_MOST_STOPS: 'x' })
    expect(problems).toHaveLength(3)
  })

  it('is careful with broadcasts where nothing is said, and takes percentages as shares', () => {
    const careful = { approvalAbove: 100, canary: 10, canaryMinutes: 10, mostStops: 0.03, mostFailures: 0.1 }
    const none = { telegram: undefined, whatsapp: undefined }
    expect(parseConfig({}).broadcast).toEqual({ ...careful, places: none })
    const set = parseConfig({
      BROADCAST_MOST_STOPS: '1.5',
      BROADCAST_CANARY: '0',
      BROADCAST_APPROVAL_ABOVE: '0',
    })
    expect(set.broadcast).toMatchObject({ mostStops: 0.015, canary: 0, approvalAbove: 0 })
  })

  it('knows the public places of channels that are on', () => {
    const settings = {
      TELEGRAM_TOKEN: '1:aaaaaaaaaaaaaaaaaaaaaaaaa',
      TELEGRAM_PUBLIC_CHANNEL: '-1001234567890',
      WHATSAPP_PUBLIC_CHANNEL: '120363000000000001@newsletter',
    }
    expect(parseConfig(settings).broadcast.places).toEqual({
      telegram: '-1001234567890',
      whatsapp: undefined,
    })
    const { places } = parseConfig({ ...settings, WHATSAPP_ENABLED: 'yes' }).broadcast
    expect(places.whatsapp).toBe('120363000000000001@newsletter')
  })

  it('sends 30 a second on Telegram, and warms a WhatsApp number up for two weeks', () => {
    const on = { TELEGRAM_TOKEN: '1:aaaaaaaaaaaaaaaaaaaaaaaaa', WHATSAPP_ENABLED: 'yes' }
    expect(parseConfig(on)).toMatchObject({
      telegram: { perSecond: 30 },
      whatsapp: { pace: { warmUpDays: 14 } },
    })
    expect(parseConfig({ ...on, TELEGRAM_PER_SECOND: '1000' }).telegram?.perSecond).toBe(1_000)
  })

  it('has every setting of .env.example, and no other', () => {
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
    const sources = ['../src/config.ts', '../src/config-whatsapp.ts', '../src/config-broadcast.ts'].map(
      (file) => readFileSync(new URL(file, import.meta.url), 'utf8'),
    )
    const read = [...sources.join('\n').matchAll(/^ {2}([A-Z_]+): (?:optional|z\.preprocess)\(/gm)].map(
      ([, name]) => name,
    )
    expect(named.toSorted()).toEqual(read.toSorted())
  })
})
