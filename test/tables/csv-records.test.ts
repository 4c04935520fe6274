import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvReading, csvRecords } from '../../src/tables/csv-records.ts'

const base: CsvReading = { delimiter: ',', lineEnd: '\n', columns: undefined, after: 0 }

async function read(pieces: readonly string[], reading: Partial<CsvReading> = {}) {
  const stream = (async function* () {
    for (const piece of pieces) {
      await setImmediate()
      yield piece
    }
  })()
  const rows = []
  for await (const batch of csvRecords(stream, { ...base, ...reading })) rows.push(...batch)
  return rows
}

describe('csvRecords', () => {
  it('gives back any cells, however the text is cut into pieces', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', ' ', 'é', '5') })
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.array(fc.nat(60)),
        fc.constantFrom('\n', '\r\n'),
        async (rows, cuts, end) => {
          const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
          const text = rows.map((cells) => cells.map(quote).join(',')).join(end)
          const places = [...new Set(cuts)].sort((a, b) => a - b)
          const pieces = [...places, text.length].map((cut, at) => text.slice(places[at - 1] ?? 0, cut))
          const trimmed = rows.map((cells) => cells.map((one) => one.trim()))
          const expected = trimmed.filter((cells) => cells.some((one) => one !== ''))
          expect((await read(pieces)).map(({ cells }) => cells)).toEqual(expected)
          const some = (await read(pieces, { columns: [2, 0] })).map(({ cells }) => cells)
          expect(some).toEqual(
            trimmed.map((cells) => [cells[2], cells[0]]).filter((cells) => cells.some((one) => one !== '')),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  it('counts blank records and leaves them out', async () => {
    expect(await read(['a,b\n\n,\nc,d'])).toEqual([
      { number: 1, cells: ['a', 'b'] },
      { number: 4, cells: ['c', 'd'] },
    ])
  })

  it('gives empty cells where a record is short', async () => {
    expect((await read(['a\n'], { columns: [0, 5] }))[0]?.cells).toEqual(['a', ''])
  })

  it('refuses a record that never ends', async () => {
    await expect(read([`"${'x'.repeat(600_000)}`, 'x'.repeat(600_000)])).rejects.toThrow(/quotation mark/)
  })
})
