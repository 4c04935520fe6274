import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { allChecks } from '../../src/flow/all-checks.ts'
import { loadFlows } from '../../src/flow/load.ts'
import { formatProblem } from '../../src/flow/problem.ts'
import type { SourceFile } from '../../src/flow/read-files.ts'
import { fakeLanguage } from './fake-language.ts'
import { mustLoad, sampleActions, sampleFiles } from './sample-flows.ts'

const folder = join(import.meta.dirname, 'broken')
const fixtures = readdirSync(folder)

const headSchema = z.strictObject({
  expect: z.array(z.string()).min(1),
  /** Changes to the sample files; a change from nothing takes the file away. */
  edit: z.array(z.strictObject({ file: z.string(), from: z.string(), to: z.string() })).default([]),
})

function problemsOf(files: readonly SourceFile[]): string[] {
  const loaded = loadFlows({ files, actions: sampleActions, language: fakeLanguage() })
  return loaded.type === 'broken' ? loaded.problems.map(formatProblem) : []
}

function readFixture(name: string) {
  const [head = '', flow] = readFileSync(join(folder, name), 'utf8').split(/^---\n/m)
  const { expect: expected, edit } = headSchema.parse(parse(head))
  let files = sampleFiles()
  for (const { file, from, to } of edit) {
    const path = `flows/${file}`
    if (from === '') files = files.filter((source) => source.path !== path)
    else
      files = files.map((source) =>
        source.path === path ? { path, text: replaceOnce(source.text, from, to) } : source,
      )
  }
  if (flow !== undefined) files.unshift({ path: 'flows/broken.yaml', text: flow })
  return { expected, files }
}

function replaceOnce(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`the sample has no ${JSON.stringify(from)}`)
  return text.replace(from, () => to)
}

describe('loadFlows', () => {
  it('loads sound flows', () => {
    expect([...mustLoad().flows.keys()].sort()).toEqual([
      'bansos',
      'berhenti',
      'menu',
      'pelatihan',
      'petugas',
    ])
  })

  it.each(fixtures)('reports %s', (name) => {
    const { expected, files } = readFixture(name)
    const problems = problemsOf(files)
    expect(problems).toHaveLength(expected.length)
    for (const [index, what] of expected.entries()) expect(problems[index]).toContain(what)
  })

  it('reports every problem of every file at once', () => {
    const flow = readFixture('unmapped-outcome.yaml').files[0]!
    const other = { path: 'flows/other.yaml', text: flow.text.replace('flow: broken', 'flow: other') }
    expect(problemsOf([...sampleFiles(), flow, other])).toEqual([
      'flows/broken.yaml: steps.a: outcome "none" of list_courses is not mapped',
      'flows/other.yaml: steps.a: outcome "none" of list_courses is not mapped',
      'flows/other.yaml: opens_with "rusak" already opens broken',
    ])
  })

  it('passes over files that are not flows', () => {
    const extra = [
      'flows/intents.yaml',
      'flows/content/pkh.yaml',
      'flows/bansos.test.yaml',
      'flows/README.md',
    ]
    expect(problemsOf([...sampleFiles(), ...extra.map((path) => ({ path, text: 'what: ever' }))])).toEqual([])
  })

  it('has a check for each rule', () => {
    expect(new Set(allChecks).size).toBe(allChecks.length)
  })
})
