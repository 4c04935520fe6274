import { connect, createServer, type Socket } from 'node:net'

/** A TCP relay to a server, that a test can cut and close. */
export interface TcpProxy {
  readonly port: number
  /** Connections taken since the start. */
  readonly taken: () => number
  /** Cuts every connection and refuses new ones until `open`. */
  cut(): Promise<void>
  open(): Promise<void>
  close(): Promise<void>
}

/** Starts a relay on a free port of 127.0.0.1 to `port`. */
export async function startTcpProxy(port: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let taken = 0
  const serve = () =>
    createServer((socket) => {
      taken += 1
      const far = connect(port, '127.0.0.1')
      for (const end of [socket, far]) {
        sockets.add(end)
        end.on('error', () => undefined)
        end.on('close', () => {
          sockets.delete(end)
          socket.destroy()
          far.destroy()
        })
      }
      socket.pipe(far).pipe(socket)
    })
  const listen = (server: ReturnType<typeof serve>, on: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject)
      server.listen(on, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  let server = serve()
  const own = await listen(server, 0)
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return {
    port: own,
    taken: () => taken,
    cut,
    async open() {
      server = serve()
      await listen(server, own)
    },
    close: cut,
  }
}
