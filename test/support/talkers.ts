import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { BotApiServer } from './bot-api-server.ts'
import { openEvents } from './event-client.ts'
import { typeLopo } from './typed-lopo.ts'

/** A person on some channel: says something, and gets all that the bot answered, options included, as one text. */
export interface Talker {
  /** Waits until the answer holds `until`. */
  say(text: string, until: string): Promise<string>
  leave(): Promise<void>
}

const patience = 20_000

/** A person on Telegram, whose bot talks to the loopback Bot API. */
export function talkOnTelegram(telegram: BotApiServer, id: number): Talker {
  const person = telegram.person(id)
  return {
    async say(text, until) {
      const before = person.inbox.length
      person.say(text)
      const answer = () =>
        person.inbox
          .slice(before)
          .map(({ text: said }) => said)
          .join('\n\n')
      await telegram.until(() => answer().includes(until), `an answer with "${until}" to "${text}"`, patience)
      return answer()
    },
    leave: async () => undefined,
  }
}

const shown = z.object({
  from: z.string(),
  text: z.string(),
  options: z.array(z.object({ number: z.string().optional(), label: z.string() })),
})

/** A person in the web chat of the server at `url`. */
export async function talkOnWeb(url: string): Promise<Talker> {
  const page = await fetch(`${url}/chat`)
  await page.text()
  const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const events = await openEvents(`${url}/chat/events`, { Cookie: cookie })
  return {
    async say(text, until) {
      const response = await fetch(`${url}/chat/messages`, {
        method: 'POST',
        headers: {
          Cookie: cookie,
          Origin: url,
          'Content-Type': 'application/json',
          Accept: 'application/json',
        },
        body: JSON.stringify({ id: randomUUID(), text }),
      })
      if (response.status !== 202) throw new Error(`the web chat answered ${response.status}`)
      let answer = ''
      while (!answer.includes(until)) {
        const entry = shown.parse(JSON.parse((await events.next()).data))
        if (entry.from !== 'bot') continue
        const options = entry.options.map(({ number, label }) => `${number}. ${label}`)
        answer += `${[entry.text, ...options].join('\n')}\n\n`
      }
      return answer
    },
    async leave() {
      events.abort()
      await events.ended.catch(() => undefined)
    },
  }
}

const exchange = z.object({ in: z.string(), out: z.array(z.object({ text: z.string() })) })

/** Plays a whole conversation in `lopo chat --json`, and gives the answers line by line. */
export async function talkInTerminal(
  lines: readonly string[],
  settings: Record<string, string>,
): Promise<readonly string[]> {
  const { out } = await typeLopo(['chat', '--json', '--as', randomUUID()], settings, `${lines.join('\n')}\n`)
  const answers = out.trim().split('\n')
  return answers.map((line) =>
    exchange
      .parse(JSON.parse(line))
      .out.map(({ text }) => text)
      .join('\n\n'),
  )
}
