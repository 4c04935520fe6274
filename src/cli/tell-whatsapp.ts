import { lookAtWhatsApp, type WhatsAppSeen } from '../services/whatsapp-linking.ts'
import type { CliContext } from './context.ts'

/** What a person must do about an account that stopped. */
const advice: Readonly<Record<string, string>> = {
  replaced: 'another program uses this link: end that one, then `lopo whatsapp link` goes on',
  logged_out: 'the phone took the bot off its linked devices: `lopo whatsapp link`',
  forbidden: 'WhatsApp blocks the number: look into WhatsApp on the phone, then `lopo whatsapp link`',
  banned:
    'WhatsApp blocks the number for some hours: wait until the phone says it is over, then `lopo whatsapp link` goes on',
  outdated: 'WhatsApp wants a newer program: update Lopo, then `lopo whatsapp link` goes on',
  mismatch: 'the phone must be linked anew: `lopo whatsapp link`',
  untrusted: 'the server could not prove that it is WhatsApp: check the network before `lopo whatsapp link`',
  unreadable: 'what is kept of the link is damaged or its key is gone: `lopo whatsapp link`',
  not_scanned: '`lopo whatsapp link`',
  unlinked: '`lopo whatsapp link`',
}

/** Tells where each account stands, and what to do. */
export async function tellWhatsApp(
  context: CliContext,
  accounts: readonly string[],
  json: boolean,
): Promise<number> {
  const app = await context.openApp()
  try {
    const all = await Promise.all(accounts.map((account) => lookAtWhatsApp(app, account)))
    if (json) context.out(`${JSON.stringify(all.map(asJson))}\n`)
    else for (const status of all) context.out(`${describe(status, context.now())}\n`)
    return 0
  } finally {
    await app.close()
  }
}

function asJson(seen: WhatsAppSeen) {
  const { account, state, reason, stateAt, linkedAt, lastInboundAt, restrictedUntil, isServed } = seen
  return {
    account,
    state,
    reason: reason ?? null,
    since: stateAt.toISOString(),
    linked_at: linkedAt?.toISOString() ?? null,
    last_inbound_at: lastInboundAt?.toISOString() ?? null,
    restricted_until: restrictedUntil?.toISOString() ?? null,
    served: isServed,
  }
}

function describe(status: WhatsAppSeen, now: Date): string {
  const { account, state, reason, stateAt, lastInboundAt, restrictedUntil, isServed } = status
  const todo = state === 'stopped' || state === 'unlinked' ? advice[reason ?? 'unlinked'] : undefined
  return [
    `${account}: ${state}${reason === undefined ? '' : ` (${reason})`} since ${stateAt.toISOString()}`,
    `  last message: ${lastInboundAt?.toISOString() ?? 'none yet'}`,
    ...(restrictedUntil !== undefined && restrictedUntil > now
      ? [`  WhatsApp forbids writing first until ${restrictedUntil.toISOString()}: only answers go out`]
      : []),
    ...(isServed || todo !== undefined ? [] : ['  no process serves it: npm start']),
    ...(todo === undefined ? [] : [`  to do: ${todo}`]),
  ].join('\n')
}
