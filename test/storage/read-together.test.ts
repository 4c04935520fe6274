import { describe, expect, it } from 'vitest'
import { readTogether } from '../../src/storage/read-together.ts'

/** Statements that end when they are told to. */
function openStatements() {
  const asked: { readonly keys: readonly number[]; end(): void; fail(): void }[] = []
  const read = readTogether<number, string>((keys) => {
    const answer = Promise.withResolvers<readonly string[]>()
    asked.push({
      keys,
      end: () => answer.resolve(keys.map((key) => `row ${key}`)),
      fail: () => answer.reject(new Error('no database')),
    })
    return answer.promise
  })
  const keys = () => asked.map((statement) => statement.keys)
  return { asked, read, keys }
}

const soon = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

describe('readTogether', () => {
  it('reads by one statement what is asked for at the same time, each its own answer', async () => {
    const { asked, read, keys } = openStatements()
    const answers = Promise.all([read(3), read(1), read(2), read(1)])
    await soon()
    expect(keys()).toEqual([[3, 1, 2, 1]])
    asked[0]?.end()
    expect(await answers).toEqual(['row 3', 'row 1', 'row 2', 'row 1'])
  })

  it('has those who come while four are under way wait for the next, together', async () => {
    const { asked, read, keys } = openStatements()
    const answers: Promise<string>[] = []
    for (const key of [1, 2, 3, 4]) {
      answers.push(read(key))
      await soon()
    }
    answers.push(read(5))
    await soon()
    answers.push(read(6))
    await soon()
    expect(keys()).toEqual([[1], [2], [3], [4]])
    asked[1]?.end()
    await soon()
    expect(keys().at(-1)).toEqual([5, 6])
    for (const statement of asked) statement.end()
    expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5, 6].map((key) => `row ${key}`))
  })

  it('remembers nothing, and goes on after a statement that failed', async () => {
    const { asked, read, keys } = openStatements()
    const failed = read(1)
    await soon()
    asked[0]?.fail()
    await expect(failed).rejects.toThrow('no database')
    const again = read(1)
    await soon()
    asked[1]?.end()
    expect(await again).toBe('row 1')
    expect(keys()).toHaveLength(2)
  })
})
