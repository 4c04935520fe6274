import type { Pick } from './flow-set.ts'

/** The lines that name the answers of a question: "1. Daftar"; an answer without a number says its hint. */
export function pickList(picks: readonly Pick[]): string {
  return picks.map(line).join('\n')
}

function line({ key, label, hint }: Pick): string {
  return /^\d+$/.test(key) ? `${key}. ${label}` : (hint ?? label)
}
