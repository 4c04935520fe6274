import { readDigitWords } from './number-words.ts'
import { type Parsed, problem } from './parsed.ts'

const CLASS_CODE_LENGTH = 6

const LONGEST = 400
const MOST_CANDIDATES = 5
// Digits, also in groups: "123 456", "1-2-3-4-5-6".
const RUN = /\d+(?:[\s.,\-‐-―_/]{1,3}\d+)*/g
// Numbers that stand beside a code, such as that of the course.
const SHORT = 2

/** Reads the code of a class out of a text: "hadir 123 456", "absen:123456". The value is its digits. */
export function parseClassCode(text: string): Parsed {
  const plain = text
    .slice(0, LONGEST)
    .toWellFormed()
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
  const runs = (plain.match(RUN) ?? []).map((run) => run.match(/\d+/g) ?? [])
  const [code, ...others] = new Set(runs.flatMap(codeIn))
  if (code !== undefined && others.length === 0) return valueFor(code)
  if (code !== undefined) {
    return { type: 'ambiguous', candidates: [code, ...others].slice(0, MOST_CANDIDATES).map(valueFor) }
  }
  const spoken = readDigitWords(plain)
  if (spoken?.length === CLASS_CODE_LENGTH) return valueFor(spoken)
  const digits = Math.max(spoken?.length ?? 0, ...runs.map((groups) => groups.join('').length))
  return digits === 0 ? problem('class_code.unreadable') : problem('class_code.length', { digits })
}

/** The code in groups of digits: all of them together, or those of six among short ones. */
function codeIn(groups: readonly string[]): readonly string[] {
  const whole = groups.join('')
  if (whole.length === CLASS_CODE_LENGTH) return [whole]
  const long = groups.filter(({ length }) => length > SHORT)
  return long.every(({ length }) => length === CLASS_CODE_LENGTH) ? long : []
}

function valueFor(code: string): { type: 'value'; value: string; label: string } {
  return { type: 'value', value: code, label: `${code.slice(0, 3)} ${code.slice(3)}` }
}
