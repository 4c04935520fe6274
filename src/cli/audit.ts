import { userInfo } from 'node:os'
import { maskDigits } from '../language/mask.ts'
import { createAuditTrail } from '../staff/store.ts'
import { type ChainHead, readHead, writeHead } from '../staff/trail/audit-chain.ts'
import { readTrail, type TrailEntry } from '../staff/trail/read-trail.ts'
import { type TrailBreak, type TrailState, verifyTrail } from '../staff/trail/verify-trail.ts'
import type { Command } from './command.ts'
import type { CliContext } from './context.ts'
import { readOptions, wrongUsage } from './usage.ts'

/** `lopo audit`: whether the trail is as the program left it, and what stands in it. */
export const auditCommand: Command = {
  summary: 'check that nobody changed the trail of who looked at or changed what, or read it',
  usage: [
    'audit verify [--json] [--expect COUNT:HASH]',
    'audit list [--since 2026-01-31] [--action NAME] [--limit 100] [--json]',
  ].join('\n'),
  async run(args, context) {
    const { values, positionals } = readOptions(args, this.usage, {
      json: { type: 'boolean', default: false },
      expect: { type: 'string' },
      since: { type: 'string' },
      action: { type: 'string' },
      limit: { type: 'string', default: '100' },
    })
    const [what, ...more] = positionals
    if (what !== 'verify' && what !== 'list') {
      throw wrongUsage(what === undefined ? 'what to do is missing' : `audit cannot ${what}`, this.usage)
    }
    if (more.length > 0) throw wrongUsage(`${more[0]} is too much`, this.usage)
    if (what === 'verify') {
      const expected = values.expect === undefined ? undefined : readHead(values.expect)
      if (values.expect !== undefined && expected === undefined) {
        throw wrongUsage('--expect is not COUNT:HASH as "audit verify" or the log shows it', this.usage)
      }
      return verify(context, expected, values.json)
    }
    const since = values.since === undefined ? undefined : new Date(values.since)
    if (Number.isNaN(since?.getTime())) throw wrongUsage('--since is not a date or a time', this.usage)
    if (!/^[1-9]\d{0,4}$/.test(values.limit)) throw wrongUsage('--limit is not a number of lines', this.usage)
    const { action } = values
    return list(context, { since, action, limit: Number(values.limit), asJson: values.json })
  },
}

async function verify(
  context: CliContext,
  expected: ChainHead | undefined,
  asJson: boolean,
): Promise<number> {
  const app = await context.openApp()
  try {
    const { database, keyring } = app.storage
    const state = await verifyTrail({ pool: database.pool, keyring }, expected)
    context.out(asJson ? `${JSON.stringify(stateAsJson(state))}\n` : tell(state, context.now()))
    return state.broken === undefined ? 0 : 1
  } finally {
    await app.close()
  }
}

function stateAsJson({ head, purged, unsealed, oldestUnsealed, broken }: TrailState) {
  return {
    ok: broken === undefined,
    sealed: head.count,
    head: writeHead(head),
    purged,
    unsealed,
    oldestUnsealedAt: oldestUnsealed?.toISOString() ?? null,
    broken: broken ?? null,
  }
}

function tell({ head, purged, unsealed, oldestUnsealed, broken }: TrailState, now: Date): string {
  const age =
    oldestUnsealed === undefined ? 0 : Math.round((now.getTime() - oldestUnsealed.getTime()) / 1_000)
  const facts = [
    `${head.count} sealed`,
    ...(purged > 0 ? [`${purged} of them deleted by retention`] : []),
    `${unsealed} not yet sealed${oldestUnsealed === undefined ? '' : `, the oldest ${age} s old`}`,
  ]
  const verdict = broken === undefined ? 'ok' : `BROKEN: ${describe(broken)}`
  return `${verdict} (${facts.join('; ')})\nhead ${writeHead(head)}\n`
}

function describe(broken: TrailBreak): string {
  switch (broken.type) {
    case 'changed_entry':
      return `entry ${broken.entryId}, sealed as number ${broken.position}, was changed`
    case 'missing_entry':
      return `entry ${broken.entryId}, sealed as number ${broken.position}, is missing`
    case 'inserted_entry':
      return `entry ${broken.entryId} was put in later than its number or its time says`
    case 'broken_link':
      return `seal ${broken.position} was changed`
    case 'missing_seal':
      return `seal ${broken.position} is missing`
    case 'unknown_key':
      return `seal ${broken.position} was made with the key ${broken.keyId}, which is not among the keys`
    case 'cut_end':
      return `the end is cut off: seal ${broken.position} and what followed are missing`
    case 'other_head':
      return `seal ${broken.position} is another than expected: the end was cut off and written anew`
  }
}

interface Wish {
  readonly since: Date | undefined
  readonly action: string | undefined
  readonly limit: number
  readonly asJson: boolean
}

/** Lists the newest entries; that somebody did so stands in the trail before they see it. */
async function list(context: CliContext, { since, action, limit, asJson }: Wish): Promise<number> {
  const app = await context.openApp()
  try {
    const { prisma } = app.storage.database
    const { entries } = await prisma.$transaction(async (transaction) => {
      const page = await readTrail(transaction, { from: since, action }, { limit })
      await createAuditTrail().record(transaction, {
        at: context.now(),
        actor: { type: 'staff', id: userInfo().username },
        action: 'audit.read',
        details: { since: since?.toISOString() ?? '', action: maskDigits(action ?? ''), limit },
      })
      return page
    })
    for (const entry of entries) context.out(`${asJson ? JSON.stringify(entry) : lineOf(entry)}\n`)
    return 0
  } finally {
    await app.close()
  }
}

function lineOf({ id, at, actor, action, subject = '', outcome = '', details }: TrailEntry): string {
  return [
    id,
    at.toISOString(),
    `${actor.type}:${actor.id}`,
    action,
    subject,
    outcome,
    JSON.stringify(details),
  ].join('\t')
}
