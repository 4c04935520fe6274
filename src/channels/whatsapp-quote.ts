import type { Option, OutgoingMessage } from './channel.ts'

/**
 * What somebody chose who answers by quoting a question of ours: by the number that stands in it, or by the label, whatever
 * the capitals and accents. Undefined: the answer is no choice of that question.
 */
export function chooseByQuote(said: string, question: OutgoingMessage): Option | undefined {
  const { options = [] } = question
  const number = /^\W*(\d{1,2})\W*$/u.exec(said)?.[1]
  const label = number === undefined ? said : labelAt(question.text, number)
  return label === undefined ? undefined : options.find((option) => plain(option.label) === plain(label))
}

/** The label behind a number, as the text lists it: `2. Tanya soal bantuan sosial`. */
function labelAt(text: string, number: string): string | undefined {
  const wanted = String(Number(number))
  for (const line of text.split('\n')) {
    const listed = /^(\d{1,2})\. (.+)$/.exec(line.trim())
    if (listed?.[1] === wanted) return listed[2]
  }
  return undefined
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
