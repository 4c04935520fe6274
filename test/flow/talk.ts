import type { Values } from '../../src/flow/action.ts'
import { advance } from '../../src/flow/engine.ts'
import type { FlowSet } from '../../src/flow/flow-set.ts'
import type { Input } from '../../src/flow/input.ts'
import { emptySession, type Session, sessionSchema } from '../../src/flow/session.ts'
import type { Turn } from '../../src/flow/turn.ts'

const now = new Date('2026-01-05T01:00:00Z')

/** A conversation with the engine alone: the session passes through JSON between turns. */
export function talk(flows: FlowSet, from: Session = emptySession()) {
  let session = from
  let turn: Turn | undefined

  function send(input: Input): string {
    turn = advance(flows, session, input)
    session = sessionSchema.parse(JSON.parse(JSON.stringify(turn.session)))
    return turn.messages.map(({ text }) => text).join('\n---\n')
  }

  return {
    send,
    say: (...texts: string[]) => texts.map((text) => send({ type: 'text', text, now })).at(-1) ?? '',
    press: (label: string) => {
      const options = turn?.messages.flatMap((message) => message.options ?? []) ?? []
      const option = options.find((candidate) => candidate.label === label)
      if (option === undefined)
        throw new Error(`no button ${label} among ${options.map((o) => o.label).join(', ')}`)
      return send({ type: 'choice', value: option.value, now })
    },
    pressValue: (value: string) => send({ type: 'choice', value, now }),
    outcome: (outcome: string, values: Values = {}) => send({ type: 'outcome', outcome, values, now }),
    open: (to: string, values: Values = {}) => send({ type: 'open', to, values, now }),
    get turn(): Turn {
      if (turn === undefined) throw new Error('nothing was said yet')
      return turn
    },
    get session(): Session {
      return session
    },
    /** Where the person stands, as `flow/step`. */
    get place(): string {
      return session.flow === null ? 'nowhere' : `${session.flow}/${session.step}`
    },
    get buttons(): string[] {
      return turn?.messages.flatMap(({ options }) => options?.map(({ label }) => label) ?? []) ?? []
    },
  }
}
