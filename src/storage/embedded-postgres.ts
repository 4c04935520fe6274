import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { acquireFileLock } from './file-lock.ts'
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts'
import {
  finishInitialising,
  initialiseCluster,
  launchPostgres,
  type ServerFile,
  stateOf,
  stopPostgres,
  urlOf,
} from './postgres-server.ts'
import { isRunning, processMark } from './process-mark.ts'
import { type ServerUser, serverUser } from './server-user.ts'

/** A running embedded PostgreSQL server that several processes share. */
export interface EmbeddedPostgres {
  /** Connection URL of the `lopo` database, on loopback, with the generated password. */
  readonly url: string
  /** Whether this call started the server, or found it running. */
  readonly started: boolean
  /** Leaves the server; the last process to leave stops it and waits until it is down. */
  release(): Promise<void>
}

const serverFile = z.object({ port: z.number(), password: z.string() })

interface Place {
  readonly directory: string
  readonly binaries: PostgresBinaries
  readonly user: ServerUser
}

/**
 * Starts the PostgreSQL server under `directory`, or joins the one that another process started there.
 * Initialises it on first use: directory 0700, password generated. Throws if it cannot start; the message has no password.
 */
export async function startEmbeddedPostgres(directory: string): Promise<EmbeddedPostgres> {
  const binaries = await postgresBinaries()
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const place = { directory, binaries, user: await serverUser(directory, binaries) }
  const lock = await acquireFileLock(path.join(directory, 'lock'))
  try {
    const known = (await readServerFile(directory)) ?? (await firstStart(place))
    await finishInitialising(directory)
    const joined = (await stateOf(known)) === 'up'
    const server = joined ? known : await launchPostgres(place, known)
    await join(directory)
    return { url: urlOf(server, 'lopo'), started: !joined, release: () => leave(place) }
  } finally {
    await lock.release()
  }
}

/** Undefined on the first start only: whatever else keeps it from being read must not look like one. */
async function readServerFile(directory: string): Promise<ServerFile | undefined> {
  const file = path.join(directory, 'server.json')
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  try {
    return serverFile.parse(JSON.parse(text))
  } catch (cause) {
    throw new Error(`${file} is damaged: take it, and the folder it is in, from a backup`, { cause })
  }
}

async function firstStart(place: Place): Promise<ServerFile> {
  const cluster = path.join(place.directory, 'cluster')
  const kept: readonly string[] = await readdir(cluster).catch(() => [])
  if (kept.includes('PG_VERSION')) {
    throw new Error(`${place.directory} holds a database but no server.json: take it from a backup`)
  }
  return initialiseCluster(place, randomBytes(24).toString('base64url'))
}

/** A file that marks this process says that it uses the server: the last one out stops it. */
async function join(directory: string): Promise<void> {
  const users = path.join(directory, 'users')
  await mkdir(users, { recursive: true, mode: 0o700 })
  await writeFile(path.join(users, String(process.pid)), await processMark(process.pid))
}

async function leave(place: Place): Promise<void> {
  const lock = await acquireFileLock(path.join(place.directory, 'lock'))
  try {
    const users = path.join(place.directory, 'users')
    await rm(path.join(users, String(process.pid)), { force: true })
    for (const name of await readdir(users)) {
      const file = path.join(users, name)
      const mark = await readFile(file, 'utf8').catch(() => '')
      if (await isRunning(mark)) return
      await rm(file, { force: true })
    }
    await stopPostgres(place)
  } finally {
    await lock.release()
  }
}
