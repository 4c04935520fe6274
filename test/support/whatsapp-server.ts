import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { BinaryNode } from '@whiskeysockets/baileys'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Changes, createChanges } from './bot-api/changes.ts'
import { createNoiseCertificates, trustNoiseRoot } from './whatsapp/certificates.ts'
import { dispatch } from './whatsapp/dispatch.ts'
import { createSendFaults } from './whatsapp/faults.ts'
import { silenceLibsignal } from './whatsapp/libsignal-noise.ts'
import { logIn } from './whatsapp/login.ts'
import { createMediaHost, type MediaHost } from './whatsapp/media-host.ts'
import { createNoiseConnection } from './whatsapp/noise-connection.ts'
import { createPeople, type People } from './whatsapp/people.ts'
import type { Addressing } from './whatsapp/phone.ts'
import { createServerFaults, type ServerFaults } from './whatsapp/server-faults.ts'
import { createTally, type Tally } from './whatsapp/tally.ts'
import { createTlsCertificate } from './whatsapp/tls-certificate.ts'
import { type ClientSession, noteError, type World } from './whatsapp/world.ts'

/** How the server is set up; everything has a default that suits tests. */
export interface WhatsAppServerOptions {
  /** By which name persons write and receipts come, unless they say otherwise: `lid`. */
  readonly addressing?: Addressing
  /** How many stanzas and files are remembered: 500. */
  readonly remember?: number
  /** The server's clock in milliseconds. */
  readonly now?: () => number
}

/** A WhatsApp on loopback for linked clients: real sockets, simulated phones, faults on demand. */
export interface WhatsAppServer extends People, ServerFaults {
  /** What Baileys takes as `waWebSocketUrl`. */
  readonly url: string
  /** The Noise root that a client must trust, in hex: LOPO_TEST_NOISE_ROOT of a spawned app with `preload.ts`. */
  readonly rootKey: string
  /** The certificate of the media host, PEM; and a file that holds it: NODE_EXTRA_CA_CERTS of a spawned app. */
  readonly ca: string
  readonly caPath: string
  /** What a spawned app needs in its environment to trust this server; start it with `--import` of `preloadPath`. */
  readonly environment: Readonly<Record<string, string>>
  readonly preloadPath: string
  /** Makes this process trust the server, its media host too; answers how to undo it. */
  trust(): () => void
  readonly media: MediaHost
  /** Counted by tag (`message`), and by tag and type (`receipt retry`, `iq usync`). */
  count: Tally['count']
  /** The newest stanzas. */
  readonly newest: Tally['newest']
  /** What went wrong on the server, and stanzas that it does not know: empty when all is well. */
  readonly errors: readonly Error[]
  readonly unknown: readonly BinaryNode[]
  /** How many clients are connected, logged in or not. */
  connections(): number
  /** Waits until something is so on the server. */
  until: Changes['until']
  close(): Promise<void>
}

/** Starts a WhatsApp on free ports of 127.0.0.1. */
export async function startWhatsAppServer(options: WhatsAppServerOptions = {}): Promise<WhatsAppServer> {
  const undoSilence = silenceLibsignal()
  const { certificate, key } = createTlsCertificate()
  const world = createWorld(options)
  const directory = await mkdtemp(join(tmpdir(), 'whatsapp-server-'))
  const caPath = join(directory, 'ca.pem')
  await writeFile(caPath, certificate)
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  sockets.on('connection', (socket: WebSocket) => openSession(world, socket))
  const http = createServer((_request, response) => response.writeHead(404).end())
  http.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened)),
  )
  const https = createTlsServer({ key, cert: certificate }, (request, response) =>
    world.media.serve(request, response),
  )
  const port = await listen(http, 0)
  world.media.hostname = `127.0.0.1:${await listen(https, 0)}`
  const rootKey = world.certificates.root.toString('hex')

  return {
    url: `ws://127.0.0.1:${port}/ws/chat`,
    rootKey,
    ca: certificate,
    caPath,
    environment: { LOPO_TEST_NOISE_ROOT: rootKey, NODE_EXTRA_CA_CERTS: caPath },
    preloadPath: new URL('./whatsapp/preload.ts', import.meta.url).href,
    trust: () => trust(world, certificate),
    ...createPeople(world),
    ...createServerFaults(world, { stop: () => shut(world, http), start: () => listen(http, port) }),
    media: world.media,
    count: world.tally.count,
    newest: world.tally.newest,
    errors: world.errors,
    unknown: world.unknown,
    connections: () => world.sessions.size,
    until: world.changes.until,
    async close() {
      world.stop()
      await Promise.all([shut(world, http), shut(world, https), rm(directory, { recursive: true })])
      undoSilence()
    },
  }
}

function createWorld(options: WhatsAppServerOptions): World & { stop(): void } {
  const changes = createChanges()
  const timers = new Set<NodeJS.Timeout>()
  return {
    changes,
    certificates: createNoiseCertificates(),
    media: createMediaHost(changes.notify, options.remember),
    tally: createTally(options.remember ?? 500),
    sendFaults: createSendFaults(),
    sessions: new Set(),
    phones: new Map(),
    accounts: new Map(),
    addressing: options.addressing ?? 'lid',
    errors: [],
    unknown: [],
    isSilent: false,
    loginFailure: undefined,
    now: options.now ?? Date.now,
    later(milliseconds, work) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        work()
      }, milliseconds)
      timers.add(timer)
    },
    stop() {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

function openSession(world: World, socket: WebSocket): void {
  const session: ClientSession = {
    connection: createNoiseConnection(socket, world.certificates, {
      onLogin: (payload, clientStatic) => logIn(world, session, payload, clientStatic),
      onNode: (node) => dispatch(world, session, node),
      onClose() {
        void session.connection.drained().then(() => closeSession(world, session))
      },
      onError: (error) => noteError(world, error),
    }),
    clientStatic: Buffer.alloc(0),
    account: undefined,
    qrRefs: [],
    linkCode: undefined,
    pairing: undefined,
  }
  world.sessions.add(session)
  world.changes.notify()
}

function closeSession(world: World, session: ClientSession): void {
  world.sessions.delete(session)
  if (session.account?.session === session) session.account.session = undefined
  world.changes.notify()
}

function trust(world: World, certificate: string): () => void {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, certificate])
  const undo = trustNoiseRoot(world.certificates.root)
  return () => {
    setDefaultCACertificates(before)
    undo()
  }
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

/** Closes a server with its connections; web sockets are no concern of the http server's any more. */
function shut(world: World, server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    for (const { connection } of world.sessions) connection.terminate()
    server.closeAllConnections()
  })
}
