import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acquireFileLock } from '../../src/storage/file-lock.ts'
import { isRunning, processMark } from '../../src/storage/process-mark.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-lock-'))
  file = path.join(folder, 'lock')
})
afterEach(() => rm(folder, { recursive: true }))

describe('acquireFileLock', () => {
  it('lets one in at a time', async () => {
    let inside = 0
    let most = 0
    const enter = async () => {
      const lock = await acquireFileLock(file)
      inside += 1
      most = Math.max(most, inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside -= 1
      await lock.release()
    }
    await Promise.all(Array.from({ length: 12 }, enter))
    expect(most).toBe(1)
    expect(await readdir(folder)).toEqual([])
  })

  it.each([
    ['a process that is gone', '999999999 x'],
    ['a process whose number another one has now', `${process.pid} an-earlier-start`],
    ['something unreadable', 'nonsense'],
  ])('takes over the lock of %s', async (_, mark) => {
    await writeFile(file, mark)
    await (await acquireFileLock(file)).release()
  })

  it('takes over an empty lock that a power cut left, once it is old', async () => {
    await writeFile(file, '')
    const old = new Date(Date.now() - 60_000)
    await utimes(file, old, old)
    await (await acquireFileLock(file)).release()
  })
})

describe('processMark', () => {
  it('tells this process from an earlier one of the same number', async () => {
    expect(await isRunning(await processMark(process.pid))).toBe(true)
    expect(await isRunning(`${process.pid} other`)).toBe(false)
    expect(await isRunning('')).toBe(false)
  })
})
