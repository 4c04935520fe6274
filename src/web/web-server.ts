import type { Server } from 'node:http'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import { createWebApp, type WebAppDeps } from './web-app.ts'

/** An HTTP server. */
export interface WebServer {
  /**
   * Starts to listen and resolves with the address, such as `http://localhost:3000`. Port 0 takes a free one. Rejects
   * with one clear sentence when the port is taken.
   */
  listen(port: number): Promise<string>
  /** Stops listening, lets open requests finish for `graceMs`, and ends event streams at once. */
  close(): Promise<void>
}

/** What the server needs besides the pages. `graceMs`: how long open requests may take to finish on close. */
export interface WebServerDeps extends Omit<WebAppDeps, 'onStream'> {
  /** Interface to listen on; all when left out. */
  readonly host?: string | undefined
  readonly graceMs?: number | undefined
  readonly log: Logger
}

const USUAL_GRACE_MS = 2000

/** The web server: pages, chat, private form, webhook and health. */
export function createWebServer(deps: WebServerDeps): WebServer {
  const streams = new Set<HttpBindings['outgoing']>()
  const app = createWebApp({
    ...deps,
    onStream(outgoing) {
      streams.add(outgoing)
      outgoing.once('close', () => streams.delete(outgoing))
    },
  })
  const server = createServer(app)
  return {
    listen: (port) => listen(server, port, deps.host),
    async close() {
      if (!server.listening) return
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const stream of streams) stream.destroy()
      const late = setTimeout(() => server.closeAllConnections(), deps.graceMs ?? USUAL_GRACE_MS)
      await closed
      clearTimeout(late)
    },
  }
}

function createServer(app: Hono<{ Bindings: HttpBindings }>): Server {
  const server = createAdaptorServer({ fetch: app.fetch })
  if (!('closeAllConnections' in server)) throw new Error('expected an HTTP/1 server')
  return server
}

function listen(server: Server, port: number, host: string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException) => reject(new Error(whyNot(cause, port), { cause }))
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      const address = server.address()
      const taken = address !== null && typeof address === 'object' ? address.port : port
      resolve(`http://localhost:${taken}`)
    })
  })
}

function whyNot({ code }: NodeJS.ErrnoException, port: number): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program: stop that program, or set PORT to another number.`
  }
  if (code === 'EACCES') return `Port ${port} needs more rights than this user has: set PORT above 1023.`
  return `The web server cannot listen on port ${port} (${code ?? 'unknown error'}).`
}
