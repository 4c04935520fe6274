import { dialogue } from './dialogue.ts'

/** A bot as its users see it: chats are numbered from 0. */
export interface Bot {
  /** Hands a message over. Resolves when the bot can take the chat's next one, be it before or after the reply. */
  say(chat: number, text: string): Promise<unknown>
  /** `listener` hears every message that the bot sends. */
  onReply(listener: (chat: number, text: string) => void): void
}

/** What a run of chats at once gave. Times in milliseconds, from handing a message over to its reply. */
export interface Measured {
  readonly chats: number
  readonly seconds: number
  readonly messages: number
  readonly messagesPerSecond: number
  /** The messages of the best second, warm-up included: a bot that slows down as it remembers was this quick once. */
  readonly bestSecond: number
  readonly p50: number
  readonly p99: number
  readonly max: number
  /** Messages, warm-up included, that got no reply, one too many, or another than the dialogue says. */
  readonly lost: number
  readonly repeated: number
  readonly wrong: number
  /** Messages that the bot failed to take. */
  readonly failed: number
  /** All messages said and all replies heard, warm-up included. */
  readonly said: number
  readonly heard: number
}

interface Chat {
  line: number
  /** When the message that waits for its reply was said; undefined when none waits. */
  since: number | undefined
  /** Whether the bot is still taking the last message. */
  busy: boolean
}

const lostAfterMs = 5_000

/** Lets every chat play the dialogue over and over, each message as soon as the reply to the last one is there. */
export async function runClosedLoop(
  bot: Bot,
  options: { chats: number; warmUpSeconds: number; seconds: number },
): Promise<Measured> {
  const chats: Chat[] = Array.from({ length: options.chats }, () => ({
    line: 0,
    since: undefined,
    busy: false,
  }))
  const count = { said: 0, heard: 0, lost: 0, repeated: 0, wrong: 0, failed: 0 }
  const latencies: number[] = []
  const bySecond: number[] = []
  const start = performance.now()
  let phase: 'warm-up' | 'measuring' | 'over' = 'warm-up'

  const say = (id: number, chat: Chat): void => {
    const line = dialogue[chat.line]
    if (phase === 'over' || line === undefined) return
    count.said += 1
    chat.since = performance.now()
    chat.busy = true
    const taken = () => {
      chat.busy = false
      goOn(id, chat)
    }
    bot.say(id, line.say).then(taken, () => {
      count.failed += 1
      taken()
    })
  }

  const goOn = (id: number, chat: Chat): void => {
    if (chat.busy || chat.since !== undefined) return
    // What the bot does right after its reply is done before the person answers it.
    setImmediate(() => say(id, chat))
  }

  const hear = (id: number, text: string): void => {
    const chat = chats[id]
    const line = chat === undefined ? undefined : dialogue[chat.line]
    if (chat === undefined || line === undefined) return
    count.heard += 1
    if (chat.since === undefined) count.repeated += 1
    else if (!text.startsWith(line.reply)) count.wrong += 1
    else {
      const second = Math.floor((performance.now() - start) / 1_000)
      bySecond[second] = (bySecond[second] ?? 0) + 1
      if (phase === 'measuring') latencies.push(performance.now() - chat.since)
      chat.since = undefined
      chat.line = (chat.line + 1) % dialogue.length
      goOn(id, chat)
    }
  }

  const giveUp = (): void => {
    for (const [id, chat] of chats.entries()) {
      if (chat.since === undefined || performance.now() - chat.since < lostAfterMs) continue
      count.lost += 1
      chat.since = undefined
      chat.line = 0
      say(id, chat)
    }
  }

  bot.onReply(hear)
  const watch = setInterval(giveUp, 500)
  for (const [id, chat] of chats.entries()) say(id, chat)
  await pass(options.warmUpSeconds * 1_000)
  phase = 'measuring'
  const begin = performance.now()
  await pass(options.seconds * 1_000)
  phase = 'over'
  const seconds = (performance.now() - begin) / 1_000
  while (chats.some(({ since }) => since !== undefined)) await pass(20)
  clearInterval(watch)
  // One reply too many may come late.
  await pass(200)
  const bestSecond = bySecond.reduce((best, second) => Math.max(best, second ?? 0), 0)
  return { chats: options.chats, seconds, ...figures(latencies, seconds), bestSecond, ...count }
}

function figures(latencies: readonly number[], seconds: number) {
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return {
    messages: sorted.length,
    messagesPerSecond: sorted.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
  }
}

function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
