import type { WebSocket } from 'ws'
import { dispatch } from './dispatch.ts'
import { logIn } from './login.ts'
import { createNoiseConnection } from './noise-connection.ts'
import { type ClientSession, noteError, type World } from './world.ts'

/** Serves a client that just connected, until its connection ends and all it said was handled. */
export function openSession(world: World, socket: WebSocket): void {
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
