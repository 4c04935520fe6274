import { type Spread, spreadOf } from './figures.ts'
import { type PhoneReport, type PhoneWorld, startPhones } from './phones.ts'

/** Memory after the garbage is collected, in bytes, and after how many messages. */
export interface Memory {
  readonly messages: number
  readonly rss: number
  readonly heapUsed: number
}

/** A bot on WhatsApp, to be measured. */
export interface WhatsAppBot {
  /** How many messages a person gets for the first one. */
  readonly greetings: number
  connect(world: PhoneWorld): Promise<void>
  /** Resolves once the bot has so many messages in all. */
  taken(messages: number): Promise<void>
  /** Sends so many numbered messages to everybody; resolves once WhatsApp has acknowledged all. */
  send(jids: readonly string[], each: number): Promise<void>
  /** Processor time of its process so far, in milliseconds. */
  processorMs(): Promise<number>
  memory(): Promise<Omit<Memory, 'messages'>>
  leave(): Promise<void>
}

/** How much is done; each number is of one person's messages. */
export interface Sizes {
  readonly people: number
  readonly warmUp: number
  readonly exchanges: number
  /** Exchanges of one person while nobody else writes. */
  readonly alone: number
  readonly burst: number
  readonly sent: number
  /** Exchanges between the first and the last look at memory, besides the rest. */
  readonly more: number
}

/** A number of messages, and how long they took. */
export interface Rate {
  readonly messages: number
  readonly milliseconds: number
  readonly perSecond: number
}

/** What the run of one bot gave. */
export interface MeasuredOnWhatsApp {
  /** From the first word to when all are in the bot's hands: durable, where it keeps anything. */
  readonly received: Rate
  /** The same until the last answer was read, and until the phones had written all. */
  readonly answered: Rate
  readonly written: Rate
  /** Until WhatsApp has acknowledged all. */
  readonly sent: Rate
  readonly exchanged: Rate
  /** From sending to reading the answer. */
  readonly latency: Spread
  /** The same while nobody else writes. */
  readonly aloneLatency: Spread
  /** Of the bot's process, for one exchange. */
  readonly processorMsAnExchange: number
  /** After the exchanges that count, and at the end. */
  readonly memory: readonly [early: Memory, late: Memory]
}

/** Has a bot talk with people who do nothing but talk to it; `around` is called about the exchanges that count. */
export async function measureWhatsApp(
  bot: WhatsAppBot,
  sizes: Sizes,
  around: { begin?(): void; end?(exchanges: number): void } = {},
): Promise<{ measured: MeasuredOnWhatsApp; report: PhoneReport }> {
  const { people } = sizes
  const phones = startPhones(people)
  let messages = 0
  const take = (each: number, among = people) => {
    messages += among * each
    return bot.taken(messages)
  }
  const remember = async () => ({ messages, ...(await bot.memory()) })
  try {
    const world = await phones.world()
    await bot.connect(world)
    await Promise.all([take(1), phones.greet('menu', bot.greetings)])
    await Promise.all([take(sizes.warmUp), phones.converse(sizes.warmUp)])

    around.begin?.()
    const before = await bot.processorMs()
    const [, exchanged] = await Promise.all([take(sizes.exchanges), phones.converse(sizes.exchanges)])
    const processorMs = (await bot.processorMs()) - before
    around.end?.(exchanged.latencies.length)
    const early = await remember()

    const [, alone] = await Promise.all([take(sizes.alone, 1), phones.converse(sizes.alone, 1)])
    const [receivedMs, answered] = await Promise.all([clock(take(sizes.burst)), phones.burst(sizes.burst)])
    const [sentMs] = await Promise.all([clock(bot.send(world.jids, sizes.sent)), phones.listen(sizes.sent)])
    await Promise.all([take(sizes.more), phones.converse(sizes.more)])
    const late = await remember()
    const report = await phones.report()
    await bot.leave()
    const measured: MeasuredOnWhatsApp = {
      received: rate(people * sizes.burst, receivedMs),
      answered: rate(people * sizes.burst, answered.milliseconds),
      written: rate(people * sizes.burst, answered.writtenMs),
      sent: rate(people * sizes.sent, sentMs),
      exchanged: rate(exchanged.latencies.length, exchanged.milliseconds),
      latency: spreadOf(exchanged.latencies),
      aloneLatency: spreadOf(alone.latencies),
      processorMsAnExchange: processorMs / exchanged.latencies.length,
      memory: [early, late],
    }
    return { measured, report }
  } finally {
    await phones.end()
  }
}

async function clock(work: Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work
  return performance.now() - begun
}

function rate(messages: number, milliseconds: number): Rate {
  return { messages, milliseconds, perSecond: (messages * 1_000) / milliseconds }
}
