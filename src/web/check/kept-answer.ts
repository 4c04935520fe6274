import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import type { CheckResult } from '../../assistance/check-answer.ts'
import type { CheckLinks } from '../../assistance/check-link.ts'

/** An answer as the page shows it. */
export interface ShownAnswer {
  readonly result: CheckResult
  /** Whether the chat that asked is the web chat. */
  readonly fromWebChat: boolean
}

/** Where an answer waits for its page, so that the browser may reload it and go back to it. */
export interface KeptAnswers {
  /** Notes that the form was shown, to learn whether the browser keeps what it is given. */
  prepare(context: Context, token: string): void
  /** Gives the answer to the browser, sealed; false when the browser keeps nothing, or the answer is too long. */
  keep(context: Context, token: string, answer: ShownAnswer, now: Date): boolean
  read(context: Context, token: string, now: Date): ShownAnswer | undefined
}

const name = 'lopo-cek'
const shown = 'form'
const lifetimeSeconds = 5 * 60
/** Browsers need not keep more than 4096 bytes with name and attributes. */
const mostBytes = 3800

/**
 * The answer waits in the browser that asked: sealed with the city's key, tied to the link, for five minutes, in a cookie
 * that neither scripts nor other pages get. So nothing of it is stored here, any process can show it, and the link alone,
 * which stays readable in the chat, shows it to nobody.
 */
export function createKeptAnswers(deps: {
  readonly links: Pick<CheckLinks, 'sealFor' | 'openFor'>
  readonly secure: boolean
}): KeptAnswers {
  const set = (context: Context, token: string, value: string) => {
    setCookie(context, name, value, {
      path: `/cek/${token}`,
      secure: deps.secure,
      httpOnly: true,
      sameSite: 'Strict',
      maxAge: lifetimeSeconds * (value === shown ? 3 : 1),
    })
  }
  return {
    prepare: (context, token) => set(context, token, shown),
    keep(context, token, answer, now) {
      const sealed = deps.links.sealFor(token, JSON.stringify(answer), now)
      if (getCookie(context, name) === undefined || sealed.length > mostBytes) return false
      set(context, token, sealed)
      return true
    },
    read(context, token, now) {
      const text = deps.links.openFor(token, getCookie(context, name) ?? '', now)
      return text === undefined ? undefined : answerShape.parse(JSON.parse(text))
    },
  }
}

const facts = { list: z.string(), asOf: z.string() }
const found = z.object({
  ...facts,
  nameMasked: z.string(),
  period: z.string(),
  programmes: z.array(z.object({ name: z.string(), title: z.string(), answer: z.enum(['YA', 'TIDAK']) })),
  members: z.array(z.object({ nameMasked: z.string(), programmes: z.string() })),
})
const answerShape = z.object({
  fromWebChat: z.boolean(),
  result: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.enum(['recipient', 'recorded', 'recipient_stale', 'recorded_stale']),
      found,
    }),
    z.object({ outcome: z.literal('not_found'), lists: z.object(facts) }),
    z.object({ outcome: z.literal('locked'), until: z.string() }),
    z.object({ outcome: z.literal('not_loaded') }),
  ]),
})
