import { formatFigure, formatTable } from './table.ts'

/** A figure held against its limit. */
export interface Target {
  readonly name: string
  /** Undefined: not measured in this run. */
  readonly value: number | undefined
  readonly is: 'at least' | 'at most'
  readonly limit: number
}

/** A target with its verdict, as it is printed. */
export interface Verdict extends Target {
  readonly met: boolean | undefined
}

/** Says of each target whether it is met. */
export function judge(targets: readonly Target[]): readonly Verdict[] {
  return targets.map((target) => {
    const { value, is, limit } = target
    if (value === undefined) return { ...target, met: undefined }
    return { ...target, met: is === 'at least' ? value >= limit : value <= limit }
  })
}

/** The verdicts as a table. */
export function formatVerdicts(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ name, value, is, limit, met }) => [
    name,
    value === undefined ? '-' : formatFigure(value),
    `${is} ${formatFigure(limit)}`,
    met === undefined ? 'not measured' : met ? 'pass' : 'MISS',
  ])
  return formatTable(['target', 'measured', 'wanted', ''], rows)
}
