import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createQuarantineReport } from '../../src/assistance/quarantine-report.ts'

describe('createQuarantineReport', () => {
  it('gives no spreadsheet program a formula, also not in a heading of the file that was brought', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-report-'))
    const report = createQuarantineReport(folder, 'r')
    const columns = [' =HYPERLINK("x")', '＝1+1', '\n@x', '+62', 'nik']
    await report.add(columns.map((column) => ({ row: 2, column, problem: 'nik.length', value: '=1' })))
    const text = await readFile((await report.close())!, 'utf8')
    expect(text).not.toMatch(/[,"]\s*[=+\-@＝]/)
    expect(text).toContain(`2,"' =HYPERLINK(""x"")",nik.length,'=#,`)
    expect(text.trim().split('\r\n').at(-1)).toBe("2,nik,nik.length,'=#,")
    await rm(folder, { recursive: true })
  })
})
