import { userInfo } from 'node:os'
import { createIssueClaimCode, createRevokeClaimCode, type Household } from '../assistance/claim-code.ts'
import { createClaimCodeStore } from '../assistance/store-claim-code.ts'
import { formatClaimCode, parseClaimCode } from '../language/claim-code.ts'
import { parseNik } from '../language/nik.ts'
import { createAuditTrail } from '../staff/store.ts'
import { type Command, UsageError } from './command.ts'
import type { CliContext } from './context.ts'
import { readOptions, wrongUsage } from './usage.ts'

/** `lopo claim-code`: codes by which a household checks its status. */
export const claimCodeCommand: Command = {
  summary: 'issue or revoke the code by which a household checks its status',
  usage: [
    'claim-code issue --list KIND --nik-stdin        (the NIK is read from standard input)',
    'claim-code issue --list KIND --household-stdin  (the number of the household is read from standard input)',
    'claim-code revoke                               (the code is read from standard input)',
  ].join('\n'),
  async run([what, ...args], context) {
    if (what === 'issue') return issue(args, context, this.usage)
    if (what === 'revoke' && args.length === 0) return revoke(context)
    throw wrongUsage(problemOf(what), this.usage)
  },
}

async function issue(args: readonly string[], context: CliContext, usage: string): Promise<number> {
  const { kind, byNik } = readArguments(args, usage)
  const household = readHousehold(await firstLine(context), byNik)
  const app = await context.openApp()
  try {
    const { database, keyring } = app.storage
    const issueCode = createIssueClaimCode({
      store: createClaimCodeStore(),
      audit: createAuditTrail(),
      secrets: keyring,
    })
    const by = { type: 'staff', id: userInfo().username } as const
    const outcome = await database.prisma.$transaction((transaction) =>
      issueCode(transaction, { kind, household, by, now: context.now() }),
    )
    if (outcome.type === 'issued') {
      context.out(`${formatClaimCode(outcome.code)}\n`)
      context.err(`Good until ${outcome.expiresAt.toISOString().slice(0, 10)}. It cannot be shown again.\n`)
      return 0
    }
    context.err(
      outcome.type === 'not_loaded'
        ? `No list ${kind} is in force.\n`
        : 'No such household is on the list.\n',
    )
    return 1
  } finally {
    await app.close()
  }
}

async function revoke(context: CliContext): Promise<number> {
  const parsed = parseClaimCode(await firstLine(context))
  if (parsed.type !== 'value' || parsed.confirm === true) throw new UsageError('that is no claim code')
  const app = await context.openApp()
  try {
    const { database, keyring } = app.storage
    const revokeCode = createRevokeClaimCode({
      store: createClaimCodeStore(),
      audit: createAuditTrail(),
      secrets: keyring,
    })
    const request = {
      code: String(parsed.value),
      by: { type: 'staff', id: userInfo().username } as const,
      now: context.now(),
    }
    const revoked = await database.prisma.$transaction((transaction) => revokeCode(transaction, request))
    context.err(revoked ? 'The code is revoked.\n' : 'No such code was issued, or it is revoked already.\n')
    return revoked ? 0 : 1
  } finally {
    await app.close()
  }
}

function readArguments(args: readonly string[], usage: string): { kind: string; byNik: boolean } {
  const { values, positionals } = readOptions(args, usage, {
    list: { type: 'string' },
    'nik-stdin': { type: 'boolean', default: false },
    'household-stdin': { type: 'boolean', default: false },
  })
  // An identifier on the command line would be in the history of the shell.
  if (positionals.length > 0) throw wrongUsage('numbers are read from standard input only', usage)
  if (values.list === undefined) throw wrongUsage('--list, the kind of list, is missing', usage)
  if (values['nik-stdin'] === values['household-stdin']) {
    throw wrongUsage('one of --nik-stdin and --household-stdin is needed', usage)
  }
  return { kind: values.list, byNik: values['nik-stdin'] }
}

function problemOf(what: string | undefined): string {
  if (what === undefined) return 'what to do is missing'
  return what === 'revoke' ? 'the code is read from standard input only' : `claim-code cannot ${what}`
}

function readHousehold(line: string, byNik: boolean): Household {
  if (!byNik) {
    if (line === '') throw new UsageError('standard input holds no number of a household')
    return { number: line }
  }
  const parsed = parseNik(line)
  if (parsed.type !== 'value' || parsed.confirm === true)
    throw new UsageError('standard input holds no valid NIK')
  return { nik: String(parsed.value) }
}

async function firstLine(context: CliContext): Promise<string> {
  for await (const line of context.lines()) return line.trim()
  return ''
}
