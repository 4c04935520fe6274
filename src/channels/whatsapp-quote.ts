import type { Option, OutgoingMessage } from './channel.ts'

/**
 * What somebody chose who answers by quoting a question of ours: by the number or word that stands before it there, or by its
 * label, whatever the capitals and accents. Undefined: the answer is no choice of that question, or could be two.
 */
export function chooseByQuote(said: string, question: OutgoingMessage): Option | undefined {
  const wanted = plain(said)
  // A heart or a question mark chooses nothing.
  if (wanted === '') return undefined
  const listed = listOptions(question).get(/^\d{1,3}$/.test(wanted) ? String(Number(wanted)) : wanted)
  if (listed !== undefined) return listed
  const [named, ...others] = (question.options ?? []).filter(({ label }) => plain(label) === wanted)
  return others.length === 0 ? named : undefined
}

/** The options by what stands before them in the text: `2. Tanya soal bantuan sosial`. Equal labels keep their order. */
function listOptions({ text, options = [] }: OutgoingMessage): ReadonlyMap<string, Option> {
  const left = [...options]
  const listed = new Map<string, Option>()
  for (const line of text.split('\n')) {
    const [, key, label] = /^(\S{1,20})\. (.+)$/.exec(line.trim()) ?? []
    if (key === undefined || label === undefined) continue
    const at = left.findIndex((option) => plain(option.label) === plain(label))
    for (const option of at === -1 ? [] : left.splice(at, 1)) listed.set(plain(key), option)
  }
  return listed
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
