import type { Pick, Word } from './flow-set.ts'

/** The lines that name the answers of a question: "1. Daftar", or the hint of an answer that has one. */
export function pickList(picks: readonly Pick[]): string {
  return picks.map(line).join('\n')
}

function line({ key, label, hint }: Pick): string {
  return hint ?? (/^\d+$/.test(key) ? `${key}. ${label}` : label)
}

/** The answer that leads to a person, whatever the question. */
export function personPick({ label, hint }: Omit<Word, 'words'>): Pick {
  return { key: '0', label, hint }
}
