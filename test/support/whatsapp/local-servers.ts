import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { openSession } from './sessions.ts'
import type { TlsCertificate } from './tls-certificate.ts'
import type { World } from './world.ts'

/** The web socket server and the media host, both on 127.0.0.1. */
export interface LocalServers {
  /** The web socket server's. */
  readonly port: number
  /** Stops taking connections and cuts the open ones. */
  pause(): Promise<void>
  /** Takes connections again, on the same port. */
  resume(): Promise<void>
  close(): Promise<void>
}

/** Listens on free ports; the world's media host gets its name. */
export async function startLocalServers(
  world: World,
  { key, certificate }: TlsCertificate,
): Promise<LocalServers> {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  sockets.on('connection', (socket: WebSocket) => openSession(world, socket))
  const http = createServer((_request, response) => response.writeHead(404).end())
  http.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened)),
  )
  const https = createTlsServer({ key, cert: certificate }, world.media.serve)
  const port = await listen(http, 0)
  world.media.hostname = `127.0.0.1:${await listen(https, 0)}`
  return {
    port,
    pause: () => shut(world, http),
    async resume() {
      await listen(http, port)
    },
    async close() {
      await Promise.all([shut(world, http), shut(world, https)])
    },
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
