import { readFile, writeFile } from 'node:fs/promises'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { TableError } from '../tables/table.ts'
import { type Field, fields, type Layout, type Mapping } from './layout.ts'

const heading = z.string().trim().min(1).nullish()
const mappingSchema = z.strictObject({
  columns: z.partialRecord(z.enum(fields), heading),
  programmes: z.record(z.string(), heading).nullish(),
})

/** Reads a mapping file; throws a TableError that says what is wrong in it. */
export async function readMapping(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new TableError('mapping', `the mapping file cannot be read: ${file}`, { cause })
  })
  const read = mappingSchema.safeParse(parseYaml(text, file))
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new TableError('mapping', `the mapping file ${file} is wrong: ${problems.join('; ')}`)
  }
  const columns: Partial<Record<Field, string>> = {}
  for (const field of fields) {
    const chosen = read.data.columns[field]
    if (typeof chosen === 'string') columns[field] = chosen
  }
  const programmes = Object.entries(read.data.programmes ?? {}).filter(
    (entry): entry is [string, string] => entry[1] != null,
  )
  return { columns, programmes: Object.fromEntries(programmes) }
}

/** Writes a mapping file to fill in: what was recognised, what was not, and the headings that the file has. */
export async function writeMapping(
  file: string,
  layout: Layout,
  programmes: readonly string[],
): Promise<void> {
  const headingOf = (column: number | undefined) =>
    column === undefined ? null : (layout.headings[column] ?? null)
  const content = {
    columns: Object.fromEntries(fields.map((field) => [field, headingOf(layout.columns[field])])),
    programmes: Object.fromEntries(
      programmes.map((code) => [code, headingOf(layout.programmes.get(code)?.[0])]),
    ),
  }
  const comment = [
    'Which heading of the file stands for what. Put the heading after the colon; null is none.',
    'Needed: nik, household or family_card, kelurahan or kelurahan_code.',
    'Headings in the file:',
    ...layout.headings.filter((name) => name !== '').map((name) => `  ${name.replaceAll(/[\r\n]+/g, ' ')}`),
  ]
  const text = `${comment.map((line) => `# ${line}`).join('\n')}\n${stringify(content)}`
  await writeFile(file, text, { mode: 0o600 })
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    throw new TableError('mapping', `the mapping file ${file} is not YAML`, { cause })
  }
}
