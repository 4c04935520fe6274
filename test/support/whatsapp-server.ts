import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { BinaryNode } from '@whiskeysockets/baileys'
import type { Changes } from './bot-api/changes.ts'
import { trustNoiseRoot } from './whatsapp/certificates.ts'
import { createWorld, type WhatsAppServerOptions } from './whatsapp/create-world.ts'
import { silenceLibsignal } from './whatsapp/libsignal-noise.ts'
import { startLocalServers } from './whatsapp/local-servers.ts'
import type { MediaHost } from './whatsapp/media-host.ts'
import { createPeople, type People } from './whatsapp/people.ts'
import { createServerFaults, type ServerFaults } from './whatsapp/server-faults.ts'
import type { Tally } from './whatsapp/tally.ts'
import { createTlsCertificate } from './whatsapp/tls-certificate.ts'
import type { World } from './whatsapp/world.ts'

/** A WhatsApp on loopback for linked clients: real sockets, simulated phones, faults on demand. */
export interface WhatsAppServer extends People, ServerFaults {
  /** What Baileys takes as `waWebSocketUrl`. */
  readonly url: string
  /** The Noise root that a client must trust, in hex: LOPO_TEST_NOISE_ROOT of a spawned app with `preload.ts`. */
  readonly rootKey: string
  /** The certificate of the media host, PEM; and a file that holds it: NODE_EXTRA_CA_CERTS of a spawned app. */
  readonly ca: string
  readonly caPath: string
  /** What a spawned app needs in its environment to trust this server: `preload.ts` by NODE_OPTIONS among it. */
  readonly environment: Readonly<Record<string, string>>
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
  const world = createWorld(options)
  const tls = createTlsCertificate()
  const directory = await mkdtemp(join(tmpdir(), 'whatsapp-server-'))
  const caPath = join(directory, 'ca.pem')
  await writeFile(caPath, tls.certificate)
  const servers = await startLocalServers(world, tls)

  return {
    url: `ws://127.0.0.1:${servers.port}/ws/chat`,
    ...createTrust(world, tls.certificate, caPath),
    ...createPeople(world),
    ...createServerFaults(world, servers),
    media: world.media,
    count: world.tally.count,
    newest: world.tally.newest,
    errors: world.errors,
    unknown: world.unknown,
    connections: () => world.sessions.size,
    until: world.changes.until,
    async close() {
      world.stop()
      await servers.close()
      await rm(directory, { recursive: true })
      undoSilence()
    },
  }
}

type Trust = Pick<WhatsAppServer, 'rootKey' | 'ca' | 'caPath' | 'environment' | 'trust'>

function createTrust(world: World, ca: string, caPath: string): Trust {
  const rootKey = world.certificates.root.toString('hex')
  return {
    rootKey,
    ca,
    caPath,
    environment: {
      LOPO_TEST_NOISE_ROOT: rootKey,
      NODE_EXTRA_CA_CERTS: caPath,
      NODE_OPTIONS: `--import ${new URL('./whatsapp/preload.ts', import.meta.url).href}`,
    },
    trust() {
      const before = getCACertificates('default')
      setDefaultCACertificates([...before, ca])
      const undo = trustNoiseRoot(world.certificates.root)
      return () => {
        setDefaultCACertificates(before)
        undo()
      }
    },
  }
}
