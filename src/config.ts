import path from 'node:path'
import { z } from 'zod'
import { type ChannelName, channelNames } from './channels/channel.ts'
import { type BroadcastConfig, parseBroadcastConfig } from './config-broadcast.ts'
import { type MarketConfig, parseMarketConfig } from './config-market.ts'
import { blankIsAbsent, linesOf } from './config-parts.ts'
import { parseWhatsAppConfig, type WhatsAppConfig } from './config-whatsapp.ts'

const ways = ['code', 'form', 'chat'] as const
/** How a resident may check the status: a claim code, the private form, or details typed in the chat. */
export type CheckWay = (typeof ways)[number]

const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsAbsent, schema.optional())

const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `is none of ${values.join(', ')}` })

const settings = z.object({
  NODE_ENV: optional(oneOf(['development', 'production', 'test'])),
  LOG_LEVEL: optional(oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
  LOPO_DATA_DIR: optional(z.string()),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/, error: 'is not a postgresql:// address' })),
  HOST: optional(z.string()),
  PORT: optional(z.coerce.number({ error: 'is not a port, 0 to 65535' }).int().min(0).max(65_535)),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/, error: 'is not an http:// or https:// address' })),
  TELEGRAM_TOKEN: optional(z.string().regex(/^\d+:[\w-]{20,}$/, 'is not a bot token as @BotFather gives it')),
  TELEGRAM_API_ROOT: optional(
    z.url({ protocol: /^https?$/, error: 'is not an http:// or https:// address' }),
  ),
  TELEGRAM_WEBHOOK_SECRET: optional(
    z.string().regex(/^[\w-]{16,256}$/, 'needs 16 to 256 of A-Z, a-z, 0-9, _ and -'),
  ),
  TELEGRAM_STAFF_CHAT: optional(
    z.string().regex(/^-\d{1,15}$/, 'is not the id of a group, a number such as -1001234567890'),
  ),
  TELEGRAM_PER_SECOND: optional(
    z.coerce
      .number({ error: 'is not a number of messages, 1 to 5000' })
      .int()
      .min(1, 'is not a number of messages, 1 to 5000')
      .max(5_000, 'is not a number of messages, 1 to 5000'),
  ),
  LOPO_KEYS: optional(
    z.string().regex(/^\s*[a-z0-9]{8}:[A-Za-z0-9+/_-]{43}=?([\s,]+[a-z0-9]{8}:[A-Za-z0-9+/_-]{43}=?)*\s*$/, {
      error: 'is not a list of id:base64 entries, each with 8 of a-z0-9 and 32 bytes',
    }),
  ),
  LOPO_CHECK_WAYS: optional(z.string()),
  LOPO_LIST_STALE_DAYS: optional(z.coerce.number({ error: 'is not a number of days' }).int().min(1)),
  LOPO_DEMO: optional(oneOf(['yes', 'no'])),
  LOPO_NOW: optional(
    z.iso.datetime({ offset: true, error: 'is not a time such as 2026-01-05T09:00:00+08:00' }),
  ),
})

/** Everything that the environment decides, checked. */
export interface Config {
  readonly production: boolean
  readonly logLevel: string
  /** Absolute path. */
  readonly dataDir: string
  /** Undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** The address residents reach the pages at, without a slash at the end; undefined: the local one. */
  readonly publicUrl: string | undefined
  readonly telegram: TelegramConfig | undefined
  readonly whatsapp: WhatsAppConfig | undefined
  readonly broadcast: BroadcastConfig
  readonly market: MarketConfig
  /** `id:secret` entries, the current one first; undefined: the key file in the data directory. */
  readonly keys: readonly string[] | undefined
  readonly checkWays: Readonly<Record<ChannelName, readonly CheckWay[]>>
  /** A list older than this many days is called old. */
  readonly listStaleDays: number
  /** Whether an empty database gets synthetic data. */
  readonly demo: boolean
  /** A clock that stands still, for tests. */
  readonly fixedNow: Date | undefined
}

export interface TelegramConfig {
  readonly token: string
  readonly apiRoot: string | undefined
  readonly webhookSecret: string | undefined
  /** The id of the group that tickets are told in. */
  readonly staffChat: number | undefined
  /** Messages in a second, in all. */
  readonly perSecond: number
}

/** A setting is wrong: `problems` has one line for each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`wrong settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** Reads `.env` of the working directory, where there is one, under what the environment already says. */
export function readEnvironment(): NodeJS.ProcessEnv {
  try {
    process.loadEnvFile()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  return process.env
}

/** Makes the configuration; throws a ConfigError that lists all that is wrong, without quoting secrets. */
export function parseConfig(environment: NodeJS.ProcessEnv): Config {
  const read = settings.safeParse(environment)
  const checkWays = parseCheckWays(environment.LOPO_CHECK_WAYS)
  const whatsapp = parseWhatsAppConfig(environment)
  const broadcast = parseBroadcastConfig(environment)
  const market = parseMarketConfig(environment)
  const problems = [
    ...linesOf(read.error),
    ...checkWays.problems,
    ...whatsapp.problems,
    ...broadcast.problems,
    ...market.problems,
    ...crossChecks(environment),
  ]
  if (!read.success || broadcast.config === undefined || market.config === undefined || problems.length > 0) {
    throw new ConfigError(problems)
  }
  const env = read.data
  const production = env.NODE_ENV === 'production'
  return {
    production,
    logLevel: env.LOG_LEVEL ?? 'info',
    dataDir: path.resolve(env.LOPO_DATA_DIR ?? 'data'),
    databaseUrl: env.DATABASE_URL,
    host: env.HOST ?? '127.0.0.1',
    port: env.PORT ?? 3000,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ''),
    telegram:
      env.TELEGRAM_TOKEN === undefined
        ? undefined
        : {
            token: env.TELEGRAM_TOKEN,
            apiRoot: env.TELEGRAM_API_ROOT,
            webhookSecret: env.TELEGRAM_WEBHOOK_SECRET,
            staffChat: env.TELEGRAM_STAFF_CHAT === undefined ? undefined : Number(env.TELEGRAM_STAFF_CHAT),
            perSecond: env.TELEGRAM_PER_SECOND ?? 30,
          },
    whatsapp: whatsapp.config,
    broadcast: broadcast.config,
    market: market.config,
    keys: env.LOPO_KEYS?.split(/[\s,]+/).filter((entry) => entry !== ''),
    checkWays: checkWays.ways,
    listStaleDays: env.LOPO_LIST_STALE_DAYS ?? 365,
    demo: env.LOPO_DEMO === undefined ? !production : env.LOPO_DEMO === 'yes',
    fixedNow: env.LOPO_NOW === undefined ? undefined : new Date(env.LOPO_NOW),
  }
}

/** What is wrong only in the company of another setting. An empty setting counts as absent. */
function crossChecks(environment: NodeJS.ProcessEnv): string[] {
  const problems: string[] = []
  const has = (name: string) => (environment[name] ?? '') !== ''
  const production = environment.NODE_ENV === 'production'
  if (has('TELEGRAM_WEBHOOK_SECRET') && !has('PUBLIC_URL')) {
    problems.push('PUBLIC_URL is missing: a Telegram webhook needs an address that Telegram can reach')
  }
  if (has('TELEGRAM_API_ROOT') && !has('TELEGRAM_TOKEN')) {
    problems.push('TELEGRAM_TOKEN is missing: TELEGRAM_API_ROOT says nothing without it')
  }
  if (has('TELEGRAM_STAFF_CHAT') && !has('TELEGRAM_TOKEN')) {
    problems.push('TELEGRAM_TOKEN is missing: TELEGRAM_STAFF_CHAT needs the bot')
  }
  if (!production) return problems
  if (!has('PUBLIC_URL')) problems.push('PUBLIC_URL is missing: residents must reach the pages in production')
  if (environment.LOPO_DEMO === 'yes')
    problems.push('LOPO_DEMO is yes: synthetic data has no place in production')
  if (has('LOPO_NOW')) problems.push('LOPO_NOW is set: the clock must run in production')
  return problems
}

const defaultWays: Config['checkWays'] = {
  telegram: ['code', 'form', 'chat'],
  whatsapp: ['code', 'form', 'chat'],
  webchat: ['code', 'form', 'chat'],
  terminal: ['code', 'form', 'chat'],
}

/** `telegram=code,form;whatsapp=none`: channels that are not named keep the default. */
function parseCheckWays(text: string | undefined): { ways: Config['checkWays']; problems: string[] } {
  const chosen: Record<ChannelName, readonly CheckWay[]> = { ...defaultWays }
  const problems: string[] = []
  for (const part of (text ?? '').split(';').filter((entry) => entry.trim() !== '')) {
    const [channel, list = ''] = part.split('=').map((word) => word.trim())
    const read = z
      .object({ channel: z.enum(channelNames), list: z.array(z.enum(ways)) })
      .safeParse({ channel, list: list === 'none' ? [] : list.split(',').map((word) => word.trim()) })
    if (read.success) chosen[read.data.channel] = read.data.list
    else problems.push(`LOPO_CHECK_WAYS "${part.trim()}" is not such as telegram=code,form,chat`)
  }
  return { ways: chosen, problems }
}
