import {
  type AuthenticationCreds,
  makeWASocket,
  type proto,
  type SignalKeyStore,
  type UserFacingSocketConfig,
  type WAMessage,
} from '@whiskeysockets/baileys'
import { type Changes, createChanges } from '../bot-api/changes.ts'
import { createMemoryKeys } from './memory-keys.ts'
import { silentLogger } from './silent-logger.ts'

/** A Baileys socket and nothing around it: what a server test links and talks through. */
export interface PlainClient {
  readonly socket: ReturnType<typeof makeWASocket>
  readonly creds: AuthenticationCreds
  readonly keys: SignalKeyStore
  /** Messages of `messages.upsert`, each with the type it came by. */
  readonly messages: readonly { readonly type: string; readonly message: WAMessage }[]
  /** Statuses told by `messages.update` and by own messages, by message id. */
  readonly statuses: ReadonlyMap<string, proto.WebMessageInfo.Status>
  /** The newest QR text. */
  qr(): string | undefined
  /** The status code of its end, once it ended. */
  closedBy(): number | undefined
  opened(): Promise<void>
  closed(): Promise<number>
  until: Changes['until']
  end(): Promise<void>
}

/** Connects a Baileys socket with these credentials; it does not reconnect by itself. */
export function connectPlainClient(
  url: string,
  creds: AuthenticationCreds,
  keys: SignalKeyStore = createMemoryKeys(),
  config: Partial<UserFacingSocketConfig> = {},
): PlainClient {
  const socket = makeWASocket({ waWebSocketUrl: url, auth: { creds, keys }, logger: silentLogger, ...config })
  const changes = createChanges()
  const messages: { type: string; message: WAMessage }[] = []
  const statuses = new Map<string, proto.WebMessageInfo.Status>()
  let [isOpen, closedBy, qr]: [boolean, number | undefined, string | undefined] = [
    false,
    undefined,
    undefined,
  ]

  const noteStatus = (
    id: string | null | undefined,
    status: proto.WebMessageInfo.Status | null | undefined,
  ) => {
    if (id && status !== null && status !== undefined) statuses.set(id, status)
  }

  socket.ev.process((events) => {
    if (events['creds.update']) Object.assign(creds, events['creds.update'])
    const connection = events['connection.update']
    if (connection?.qr) qr = connection.qr
    if (connection?.connection === 'open') isOpen = true
    if (connection?.connection === 'close') closedBy = statusCodeOf(connection.lastDisconnect?.error)
    for (const message of events['messages.upsert']?.messages ?? []) {
      messages.push({ type: events['messages.upsert']?.type ?? '', message })
      if (message.key.fromMe) noteStatus(message.key.id, message.status)
    }
    for (const { key, update } of events['messages.update'] ?? []) noteStatus(key.id, update.status)
    changes.notify()
  })

  return {
    socket,
    creds,
    keys,
    messages,
    statuses,
    qr: () => qr,
    closedBy: () => closedBy,
    opened: () => changes.until(() => isOpen, 'the client is open').then(() => {}),
    closed: () => changes.until(() => closedBy, 'the client is closed'),
    until: changes.until,
    async end() {
      await socket.end(undefined)
    },
  }
}

function statusCodeOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('output' in error)) return 0
  const { output } = error
  if (typeof output !== 'object' || output === null || !('statusCode' in output)) return 0
  return Number(output.statusCode)
}
