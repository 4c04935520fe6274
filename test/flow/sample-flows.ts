import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ActionContract } from '../../src/flow/action.ts'
import type { FlowSet } from '../../src/flow/flow-set.ts'
import { loadFlows } from '../../src/flow/load.ts'
import { formatProblem } from '../../src/flow/problem.ts'
import type { SourceFile } from '../../src/flow/read-files.ts'
import { parseProblems } from '../../src/language/parsed.ts'
import { fakeLanguage } from './fake-language.ts'

const programme = z.object({ name: z.string(), answer: z.string(), period: z.string() })
const course = z.object({ id: z.string(), name: z.string(), seats: z.number().int() })

/** The actions that the sample flows call. */
export const sampleActions: Readonly<Record<string, ActionContract>> = {
  check_assistance: {
    inputs: z.object({
      birth_date: z.string(),
      kelurahan: z.string(),
      nik_tail: z.string(),
      way: z.enum(['chat', 'form']),
    }),
    outcomes: {
      recipient: z.object({ name_masked: z.string(), as_of: z.string(), programmes: z.array(programme) }),
      not_found: z.object({ note: z.string().optional() }),
      locked: z.object({}),
    },
  },
  list_courses: {
    inputs: z.object({}),
    outcomes: { found: z.object({ courses: z.array(course) }), none: z.object({}) },
  },
  register: {
    inputs: z.object({
      course_id: z.string(),
      sure: z.boolean(),
      age: z.number(),
      note: z.string().nullable(),
    }),
    outcomes: { registered: z.object({}), full: z.object({ courses: z.array(course) }) },
  },
  stop: { inputs: z.object({}), outcomes: { stopped: z.object({}) } },
}

const folder = join(import.meta.dirname, 'sample')

/** The sample flows as files. */
export function sampleFiles(): SourceFile[] {
  return readdirSync(folder).map((name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    return { path: `flows/${name}`, text: name === 'system.yaml' ? withProblemTexts(text) : text }
  })
}

/** The parsers may learn new problems: the sample has a text for each. */
function withProblemTexts(system: string): string {
  const missing = parseProblems.filter((code) => !system.includes(`\n  ${code}:`))
  return system.replace(
    '\nproblems:\n',
    `\nproblems:\n${missing.map((code) => `  ${code}: Belum cocok.\n`).join('')}`,
  )
}

/** Loads flows that must be sound. */
export function mustLoad(files: readonly SourceFile[] = sampleFiles()): FlowSet {
  const loaded = loadFlows({ files, actions: sampleActions, language: fakeLanguage() })
  if (loaded.type === 'broken') throw new Error(loaded.problems.map(formatProblem).join('\n'))
  return loaded.flows
}
