import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { startEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts'
import { startLopo } from '../support/lopo-process.ts'

const ask = async (url: string, sql: string) => {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}

describe('startEmbeddedPostgres', () => {
  it('is shared by processes, keeps its data, and ends with the last of them', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-embedded-'))
    const directory = path.join(folder, 'postgres')
    const mine = await startEmbeddedPostgres(directory)
    expect(mine.started).toBe(true)
    const settings = await ask(
      mine.url,
      "SELECT current_setting('fsync') f, current_setting('listen_addresses') l",
    )
    expect(settings).toEqual([{ f: 'on', l: '127.0.0.1' }])
    expect((await stat(path.join(directory, 'cluster'))).mode & 0o777).toBe(0o700)
    expect((await stat(path.join(directory, 'server.json'))).mode & 0o777).toBe(0o600)

    const other = startLopo(['chat', '--json'], { LOPO_DATA_DIR: folder, LOPO_DEMO: 'no' }, 'menu\n')
    await other.until(/"flow":"menu"/)
    await new Promise((resolve) => other.child.once('exit', resolve))
    expect(await ask(mine.url, 'SELECT count(*)::int AS chats FROM chat')).toEqual([{ chats: 1 }])
    await mine.release()
    await expect(ask(mine.url, 'SELECT 1')).rejects.toThrow()

    const again = await startEmbeddedPostgres(directory)
    expect(await ask(again.url, 'SELECT count(*)::int AS chats FROM chat')).toEqual([{ chats: 1 }])
    await again.release()
    await rm(folder, { recursive: true })
  }, 120_000)

  it('is taken over after its only user was killed', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-embedded-'))
    const killed = startLopo(['start'], { LOPO_DATA_DIR: folder, LOPO_DEMO: 'no', PORT: '0' })
    await killed.until(/Web chat/)
    await killed.end('SIGKILL')
    const mine = await startEmbeddedPostgres(path.join(folder, 'postgres'))
    expect(mine.started).toBe(false)
    await mine.release()
    await expect(ask(mine.url, 'SELECT 1')).rejects.toThrow()
    expect(await readFile(path.join(folder, 'postgres', 'lock'), 'utf8').catch(() => 'gone')).toBe('gone')
    await rm(folder, { recursive: true })
  }, 120_000)

  it('never takes a database for a first start, and says what is damaged', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-embedded-'))
    const directory = path.join(folder, 'postgres')
    const mine = await startEmbeddedPostgres(directory)
    await ask(mine.url, 'CREATE TABLE kept (n int)')
    await mine.release()
    const file = path.join(directory, 'server.json')
    await rename(file, `${file}.away`)
    await expect(startEmbeddedPostgres(directory)).rejects.toThrow('holds a database but no server.json')
    await writeFile(file, '')
    await expect(startEmbeddedPostgres(directory)).rejects.toThrow('server.json is damaged')
    await rename(`${file}.away`, file)
    const again = await startEmbeddedPostgres(directory)
    expect(await ask(again.url, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 0 }])
    await again.release()
    await rm(folder, { recursive: true })
  }, 120_000)

  it('finds a server again whose starter died before it said where it is', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-embedded-'))
    const directory = path.join(folder, 'postgres')
    const mine = await startEmbeddedPostgres(directory)
    const file = path.join(directory, 'server.json')
    const { password } = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, JSON.stringify({ password, port: 1 }))
    const again = await startEmbeddedPostgres(directory)
    expect(again.url).toBe(mine.url)
    await again.release()
    await rm(folder, { recursive: true })
  }, 120_000)
})
