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
  ])('refuses %j and names %s', (environment, name) => {
    expect(problemsOf(environment).join()).toContain(name)
  })

  it('reads the ways to check by channel', () => {
    const { checkWays } = parseConfig({ LOPO_CHECK_WAYS: 'whatsapp=code; telegram=form,chat' })
    expect(checkWays).toMatchObject({ whatsapp: ['code'], telegram: ['form', 'chat'] })
  })

  it('has every setting of .env.example, and no other', () => {
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
    const sources = ['../src/config.ts', '../src/config-whatsapp.ts'].map((file) =>
      readFileSync(new URL(file, import.meta.url), 'utf8'),
    )
    const read = [...sources.join('\n').matchAll(/^ {2}([A-Z_]+): (?:optional|z\.preprocess)\(/gm)].map(
      ([, name]) => name,
    )
    expect(named.toSorted()).toEqual(read.toSorted())
  })
})
