import { z } from 'zod'
import type { Action, ActionContext, ActionContract, ActionResult, Values } from '../flow/action.ts'
import type { Asker, CheckResult, CheckWay } from './check-answer.ts'
import type { CheckLinks } from './check-link.ts'
import { linkMinutes } from './check-link.ts'
import type { Details } from './person.ts'
import type { Transaction } from './store.ts'

const none = z.object({})
const text = z.string()
const until = z.object({ until: z.iso.date() })
const lists = z.object({ list: text, as_of: z.iso.date() })
const found = lists.extend({
  name_masked: text,
  period: text,
  programmes: z.array(z.object({ name: text, title: text, answer: z.enum(['YA', 'TIDAK']) })),
  members: z.array(z.object({ name_masked: text, programmes: text })),
})
const answers = {
  recipient: found,
  recorded: found,
  recipient_stale: found,
  recorded_stale: found,
  not_found: lists,
  locked: until,
  not_loaded: none,
} as const
const ways = z.object({ ways: z.array(z.object({ way: text, label: text })) })

/** What flows may ask of this room. */
export const assistanceContracts = {
  /** How a status may be checked on this channel: several ways, or the only one; locked and not loaded come first. */
  list_check_ways: {
    inputs: none,
    outcomes: {
      ways,
      only_code: none,
      only_form: none,
      only_chat: none,
      none,
      locked: until,
      not_loaded: none,
    },
  },
  /** Goes the way that was picked from `ways`. */
  pick_check_way: { inputs: z.object({ way: text }), outcomes: { code: none, form: none, chat: none } },
  check_by_code: { inputs: z.object({ code: text }), outcomes: answers },
  check_by_details: {
    inputs: z.object({ birth_date: text, kelurahan: text, nik_tail: text }),
    outcomes: answers,
  },
  create_check_link: {
    inputs: none,
    outcomes: {
      created: z.object({ link: text, minutes: z.number() }),
      locked: until,
      not_loaded: none,
      unavailable: none,
    },
  },
} as const satisfies Record<string, ActionContract>

type ActionName = keyof typeof assistanceContracts

export interface AssistanceActionsDeps {
  readonly checkByCode: (transaction: Transaction, asker: Asker, code: string) => Promise<CheckResult>
  readonly checkByDetails: (transaction: Transaction, asker: Asker, details: Details) => Promise<CheckResult>
  readonly links: CheckLinks
  /** When the chat may check again, `yyyy-mm-dd`, or `not_loaded`; undefined when it may check now. */
  readonly obstacle: (
    transaction: Transaction,
    asker: Asker,
  ) => Promise<{ until: string } | 'not_loaded' | undefined>
  /** Which ways a channel allows, in the order they are offered. */
  readonly ways: Readonly<Record<string, readonly CheckWay[]>>
  /** What the ways are called. */
  readonly wayLabels: Readonly<Record<CheckWay, string>>
  /** The address of the pages, without a slash at the end; undefined where residents reach no page: then there is no form. */
  readonly publicUrl: () => string | undefined
}

/** The status check, as flows call it. */
export function createAssistanceActions(
  deps: AssistanceActionsDeps,
): Record<ActionName, Action<Transaction>> {
  const action = (name: ActionName, run: Action<Transaction>['run']) => ({
    contract: assistanceContracts[name],
    run,
  })
  return {
    list_check_ways: action('list_check_ways', (_, context) => listWays(deps, context)),
    pick_check_way: action('pick_check_way', async (input) => ({ outcome: String(input.way), values: {} })),
    check_by_code: action('check_by_code', async (input, context) => {
      const { code } = assistanceContracts.check_by_code.inputs.parse(input)
      return tell(await deps.checkByCode(context.transaction, context, code))
    }),
    check_by_details: action('check_by_details', async (input, context) => {
      const details = assistanceContracts.check_by_details.inputs.parse(input)
      const { birth_date: birthDate, kelurahan, nik_tail: nikTail } = details
      return tell(await deps.checkByDetails(context.transaction, context, { birthDate, kelurahan, nikTail }))
    }),
    create_check_link: action('create_check_link', (_, context) => createLink(deps, context)),
  }
}

async function listWays(
  deps: AssistanceActionsDeps,
  context: ActionContext<Transaction>,
): Promise<ActionResult> {
  const obstacle = await deps.obstacle(context.transaction, context)
  if (obstacle === 'not_loaded') return { outcome: 'not_loaded', values: {} }
  if (obstacle !== undefined) return { outcome: 'locked', values: obstacle }
  const allowed = (deps.ways[context.channel] ?? []).filter(
    (way) => way !== 'form' || deps.publicUrl() !== undefined,
  )
  const [only, ...others] = allowed
  if (only === undefined) return { outcome: 'none', values: {} }
  if (others.length === 0) return { outcome: `only_${only}`, values: {} }
  return { outcome: 'ways', values: { ways: allowed.map((way) => ({ way, label: deps.wayLabels[way] })) } }
}

async function createLink(
  deps: AssistanceActionsDeps,
  context: ActionContext<Transaction>,
): Promise<ActionResult> {
  const address = deps.publicUrl()
  if (address === undefined) return { outcome: 'unavailable', values: {} }
  const result = await deps.links.create(context.transaction, context)
  if (result.outcome === 'locked') return { outcome: 'locked', values: { until: result.until } }
  if (result.outcome === 'not_loaded') return { outcome: 'not_loaded', values: {} }
  return { outcome: 'created', values: { link: `${address}/cek/${result.token}`, minutes: linkMinutes } }
}

function tell(result: CheckResult): ActionResult {
  const { outcome } = result
  if (result.outcome === 'locked') return { outcome, values: { until: result.until } }
  if (result.outcome === 'not_loaded') return { outcome, values: {} }
  if (result.outcome === 'not_found')
    return { outcome, values: { list: result.lists.list, as_of: result.lists.asOf } }
  return { outcome, values: valuesOf(result.found) }
}

function valuesOf(answer: Extract<CheckResult, { found: unknown }>['found']): Values {
  return {
    list: answer.list,
    as_of: answer.asOf,
    period: answer.period,
    name_masked: answer.nameMasked,
    programmes: answer.programmes.map((programme) => ({ ...programme })),
    members: answer.members.map(({ nameMasked, programmes }) => ({ name_masked: nameMasked, programmes })),
  }
}
