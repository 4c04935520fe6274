import type { Row, Scalar, Values } from './action.ts'

/** A text split at its `{{names}}` when it is loaded: even parts are text, odd parts are names. */
export interface Template {
  readonly source: string
  readonly parts: readonly string[]
  readonly names: readonly string[]
}

/** Templates that write out one row of a list value, by the name of the list. */
export type Lines = Readonly<Record<string, Template>>

/** Writes one scalar as people write it: dates, numbers, yes and no. */
export type Write = (scalar: Scalar) => string

/** Values with such a name are numbers that something goes by. */
const NAMES_SOMETHING = /(?:^|_)(?:number|id)$/
const PLACEHOLDER = /\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/

/** Splits a text at its `{{names}}`. */
export function parseTemplate(source: string): Template {
  const text = source.trim()
  const parts = text.split(PLACEHOLDER)
  const names = parts.filter((_, index) => index % 2 === 1)
  return { source: text, parts, names: [...new Set(names)] }
}

/** Puts values into a text. A list is written line by line; a value that is not there is written as nothing. */
export function render(template: Template, values: Values, write: Write, lines: Lines = {}): string {
  if (template.parts.length === 1) return template.source
  let text = ''
  for (let i = 0; i < template.parts.length; i++) {
    const part = template.parts[i] ?? ''
    text += i % 2 === 0 ? part : renderName(part, values, write, lines)
  }
  return text
}

function renderName(name: string, values: Values, write: Write, lines: Lines): string {
  const value = values[name]
  if (value === undefined) return ''
  // What people are called by, and type again, is no amount: "nomor 1000" stays as it is.
  if (typeof value === 'number' && NAMES_SOMETHING.test(name)) return String(value)
  if (value === null || typeof value !== 'object') return write(value)
  const line = lines[name]
  return line === undefined ? '' : value.map((row) => renderRow(line, row, write)).join('\n')
}

/** Puts one row of a list into a text. */
export function renderRow(template: Template, row: Row, write: Write): string {
  return render(template, row, write)
}
