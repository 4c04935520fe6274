import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BotApiError } from './bot-api/bot-api-error.ts'
import { botMethods } from './bot-api/bot-methods.ts'
import { type Changes, createChanges } from './bot-api/changes.ts'
import { createFaults, type Fault, type FaultTarget } from './bot-api/faults.ts'
import { createGroup, type Group, type GroupOptions } from './bot-api/group.ts'
import { groupMethods } from './bot-api/group-methods.ts'
import { messageMethods } from './bot-api/message-methods.ts'
import { createPerson, type Person } from './bot-api/person.ts'
import { createRateLimit, type SendLimits, type TakeTurn } from './bot-api/rate-limit.ts'
import { readCall } from './bot-api/request-body.ts'
import { sendMethods } from './bot-api/send-methods.ts'
import { createWorld, type World } from './bot-api/world.ts'

/** How the server is set up; everything has a default that suits tests. */
export interface BotApiServerOptions {
  readonly token?: string
  /** Enforced with 429 and `retry_after`; without it there are no limits. */
  readonly limits?: SendLimits
  /** The server's clock in milliseconds. */
  readonly now?: () => number
  /** How long a webhook delivery waits before it is tried again. */
  readonly webhookRetryMilliseconds?: number
}

/** A Telegram Bot API on loopback: real HTTP, simulated persons, faults on demand. */
export interface BotApiServer {
  /** What grammY takes as `apiRoot`. */
  readonly apiRoot: string
  readonly token: string
  readonly world: World
  /** The simulated person with this id; the same object each time. */
  person(id: number): Person
  /** The simulated group with this id, which the bot is an admin of; the same object each time. */
  group(id: number, options?: GroupOptions): Group
  /** The public channel with this id and @name, which the bot is an admin of; the same object each time. */
  channel(id: number, username: string): ReturnType<World['chats']['openChannel']>
  /** Makes calls go wrong; answers how to lift the fault. */
  fail(target: FaultTarget, fault: Fault): () => void
  /** How often a method was called, or all methods. */
  count(method?: string): number
  /** The fields of the last call of a method, as they came. */
  lastCall(method: string): Readonly<Record<string, unknown>> | undefined
  /** Waits until something is so on the server. */
  until: Changes['until']
  /** Refuses connections and cuts the open ones, until `resume`. */
  pause(): Promise<void>
  resume(): Promise<void>
  close(): Promise<void>
}

const methods = { ...sendMethods, ...messageMethods, ...groupMethods, ...botMethods }

/** Starts a Bot API for one bot on a free port of 127.0.0.1. */
export async function startBotApiServer(options: BotApiServerOptions = {}): Promise<BotApiServer> {
  const token = options.token ?? '5399000001:AAloopback-token-for-tests-only-00001'
  const now = options.now ?? Date.now
  const changes = createChanges()
  const world = createWorld({
    token,
    changes,
    now,
    webhookRetryMilliseconds: options.webhookRetryMilliseconds ?? 20,
  })
  const faults = createFaults()
  const counts = new Map<string, number>()
  const lastCalls = new Map<string, Readonly<Record<string, unknown>>>()
  const persons = new Map<number, Person>()
  const groups = new Map<number, Group>()
  const channels = new Map<number, ReturnType<World['chats']['openChannel']>>()
  const takeTurn = options.limits === undefined ? undefined : createRateLimit(options.limits, now)

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const desk: Desk = { token, world, takeTurn, strike: faults.strike, counts, lastCalls }
    void serve(desk, request, response).finally(() => changes.notify())
  })
  const port = await listen(server, 0)

  return {
    apiRoot: `http://127.0.0.1:${port}`,
    token,
    world,
    person(id) {
      const person = persons.get(id) ?? createPerson(world, id)
      persons.set(id, person)
      return person
    },
    group(id, options) {
      const group = groups.get(id) ?? createGroup(world, id, options)
      groups.set(id, group)
      return group
    },
    channel(id, username) {
      const channel = channels.get(id) ?? world.chats.openChannel(id, username)
      channels.set(id, channel)
      return channel
    },
    fail: faults.add,
    count: (method) =>
      method === undefined ? [...counts.values()].reduce((sum, n) => sum + n, 0) : (counts.get(method) ?? 0),
    lastCall: (method) => lastCalls.get(method),
    until: changes.until,
    pause: () => shut(server),
    async resume() {
      await listen(server, port)
    },
    async close() {
      world.webhook.stop()
      await shut(server)
    },
  }
}

interface Desk {
  readonly token: string
  readonly world: World
  readonly takeTurn: TakeTurn | undefined
  strike(method: string, chatId: number | undefined): Fault | undefined
  readonly counts: Map<string, number>
  readonly lastCalls: Map<string, Readonly<Record<string, unknown>>>
}

async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const [, folder, token, rest = ''] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(url.pathname) ?? []
    if (token === undefined) throw new BotApiError(404, 'Not Found')
    if (token !== desk.token) throw new BotApiError(401, 'Unauthorized')
    if (folder !== undefined) return serveFile(desk, decodeURI(rest), response)
    const gone = new AbortController()
    response.once('close', () => {
      if (!response.writableEnded) gone.abort()
    })
    await serveMethod(desk, rest, { request, response, url, gone: gone.signal })
  } catch (error) {
    answerError(response, error)
  }
}

async function serveMethod(
  desk: Desk,
  name: string,
  http: { request: IncomingMessage; response: ServerResponse; url: URL; gone: AbortSignal },
): Promise<void> {
  const { world, counts, lastCalls } = desk
  counts.set(name, (counts.get(name) ?? 0) + 1)
  const call = await readCall(http.request, http.url.searchParams)
  lastCalls.set(name, call.fields)
  const chatId = world.chats.idOf(call.fields.chat_id)
  const fault = desk.strike(name, chatId)
  if (fault?.type === 'error') throw new BotApiError(fault.code, fault.description, fault.retryAfter)
  if (fault?.when === 'before') return strand(fault, http.response)
  const method = methods[name]
  if (method === undefined) throw new BotApiError(404, 'Not Found: method not found')
  const wait = name in sendMethods && chatId !== undefined ? desk.takeTurn?.(chatId) : undefined
  if (wait !== undefined) throw new BotApiError(429, `Too Many Requests: retry after ${wait}`, wait)
  const result = await method(world, call, http.gone)
  if (fault?.when === 'after') return strand(fault, http.response)
  answer(http.response, 200, { ok: true, result })
}

/** Leaves a caller without an answer: for ever, or by cutting the connection. */
function strand(fault: Extract<Fault, { when: string }>, response: ServerResponse): void {
  if (fault.type === 'cut') response.socket?.destroy()
}

function serveFile(desk: Desk, path: string, response: ServerResponse): void {
  desk.counts.set('download', (desk.counts.get('download') ?? 0) + 1)
  const fault = desk.strike('download', undefined)
  if (fault?.type === 'error') throw new BotApiError(fault.code, fault.description)
  if (fault !== undefined) {
    strand(fault, response)
    return
  }
  const file = desk.world.files.byPath(path)
  if (file === undefined) throw new BotApiError(404, 'Not Found')
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.bytes.length })
  response.end(file.bytes)
}

function answerError(response: ServerResponse, error: unknown): void {
  const { code, description, retryAfter, movedTo } =
    error instanceof BotApiError ? error : new BotApiError(500, `Internal Server Error: ${String(error)}`)
  answer(response, code, {
    ok: false,
    error_code: code,
    description,
    ...(retryAfter !== undefined && { parameters: { retry_after: retryAfter } }),
    ...(movedTo !== undefined && { parameters: { migrate_to_chat_id: movedTo } }),
  })
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address: AddressInfo | string | null = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
