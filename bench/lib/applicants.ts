import type { App } from '../../src/app.ts'
import type { Channel } from '../../src/channels/channel.ts'

/** People who talk to the bot, each in a chat of their own, numbered from 0. */
export interface Applicants {
  /** Says something, and resolves with the first reply that the pattern fits; rejects when there is none in time. */
  say(person: number, text: string, reply: RegExp): Promise<{ readonly text: string; readonly ms: number }>
  leave(): void
}

interface Waiting {
  readonly reply: RegExp
  readonly since: number
  readonly heard: string[]
  readonly done: (answer: { text: string; ms: number }) => void
}

const patienceMs = 180_000

/** Attaches a channel to the conversation whose sends are taken at once. */
export function createApplicants({ conversation, now }: App): Applicants {
  const waiting = new Map<number, Waiting>()
  let messages = 0
  const channel: Channel = {
    name: 'webchat',
    account: 'bench',
    start: async () => undefined,
    async send(to, { text }, id) {
      const person = Number(to.id)
      const one = waiting.get(person)
      one?.heard.push(text)
      if (one?.reply.test(text)) {
        waiting.delete(person)
        one.done({ text, ms: performance.now() - one.since })
      }
      return { externalId: id }
    },
    stop: async () => undefined,
  }
  conversation.attach(channel)
  return {
    async say(person, text, reply) {
      const answer = Promise.withResolvers<{ text: string; ms: number }>()
      const heard: string[] = []
      waiting.set(person, { reply, since: performance.now(), heard, done: answer.resolve })
      const timer = setTimeout(
        () => answer.reject(new Error(`"${text}" was answered with "${heard.join(' | ')}"`)),
        patienceMs,
      )
      messages += 1
      const from = { channel: channel.name, account: channel.account, id: String(person) }
      const content = { type: 'text', text } as const
      await conversation.receive({ from, externalId: String(messages), sentAt: now(), content })
      return answer.promise.finally(() => clearTimeout(timer))
    },
    leave: () => void conversation.detach(channel),
  }
}
