import type { Row, Value } from './action.ts'

/** The rows of a list value; anything else has none. */
export function rowsOf(value: Value | undefined): readonly Row[] {
  return value !== null && typeof value === 'object' ? value : []
}
