import { normalise } from './normalise.ts'
import { type Parsed, problem } from './parsed.ts'

const YES = words(
  'y ya iya iyo io yo yoi ye yes yup ho hoo he hee heeh ok oke okey okay baik bae betul benar btul bnr setuju siap ' +
    'boleh bole bisa bs pernah punya mau mo lanjut lanjutkan jadi pasti tentu yakin cocok sesuai 👍',
)
const NO = words(
  'tidak tida tdk tak gak ga gk nggak ngga engga enggak ndak sonde sonda sond snde son onde no nope n bukan bkn jangan ' +
    'jang jgn tausa belum balom belom blm batal salah keliru 👎',
)
// Words that may stand beside an answer without changing it.
const BESIDE = words(
  'pak bapak bapa pa bu ibu mama kak kaka kakak kk min admin saya sa beta be b sy itu ini e ee eh to toh do dong sudah su sdh ' +
    'sangat sekali lai lagi juga ju usah perlu dulu terima kasih makasih',
)
const FIRST_WORD_DECIDES = 4

/** Reads a yes (true) or a no (false) in Indonesian, Kupang Malay, shorthand or thumbs. */
export function parseYesNo(text: string): Parsed {
  const { tokens } = normalise(text)
  const said = tokens.slice(0, FIRST_WORD_DECIDES + 1).map(single)
  const no = said.some((token) => NO.has(token))
  const yes = said.some((token) => YES.has(token))
  const plain = said.every((token) => NO.has(token) || YES.has(token) || BESIDE.has(token))
  const first = said[0] ?? ''
  if (said.length > FIRST_WORD_DECIDES || (!no && !yes)) return problem('yes_no.unreadable')
  // "Tidak mau" and "belum benar" are a no; "ya, tidak" could be either.
  if (no)
    return (plain && NO.has(first)) || (plain && !YES.has(first))
      ? answer(false)
      : problem('yes_no.unreadable')
  return plain || AFFIRMS.has(first) ? answer(true) : problem('yes_no.unreadable')
}

const AFFIRMS = words('y ya iya iyo io yo yes betul benar ok oke')

function answer(value: boolean): Parsed {
  return { type: 'value', value, label: value ? 'Ya' : 'Tidak' }
}

/** "iyaa" and "okee" are drawn out by one letter, which normalising leaves. */
function single(token: string): string {
  return YES.has(token) || NO.has(token) || BESIDE.has(token) ? token : token.replace(/(.)\1/gu, '$1')
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}
