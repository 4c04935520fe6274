/** What settling a clash needs to know of the other words. */
export interface ClashWords {
  isVerb(token: string): boolean
}

const AFTER_SUBJECT = new Set(
  'su sudah sdh pung pu punya mo mau ada sonde son dapa dapat dpt balom belum blm minta kasi bilang yang pi jang lia'.split(
    ' ',
  ),
)
const DOCUMENT_WORDS = new Set('nomor no nmr kartu nik ktp dokumen fotokopi foto'.split(' '))
const NEGATIONS = new Set('sonde son snde sond tidak tdk balom belom belum blm bukan ga gak'.split(' '))
const OWNERS = new Set('beta be b saya sy katong kitong dia lu dong mama bapa'.split(' '))
const QUESTIONS = new Set('apa ap sapa spa siapa mana dmn barapa brp berapa bilang begitu'.split(' '))
// Forms of address: they say nothing of what is asked, and the sex of the person is not ours to guess.
const ADDRESS = new Set(
  'bu pak pa pk bpk bapak ibuk min mimin gan bosku kak kaka kakak bro sis bang bung'.split(' '),
)
const GREETINGS = new Set(
  'permisi halo hallo hai selamat pagi siang sore malam kak kaka kakak pak bapak bu ibu mama syalom salam'.split(
    ' ',
  ),
)
// A word or two may still ask for the admin: "halo admin tolong".
const MORE_THAN_GREETED = 3
const VOWEL_PARTICLES = new Set('e ee eh na leh le ma mar to nah sih deh kok nih tuh lho loh'.split(' '))

/**
 * The words a token stands for where Kupang Malay, shorthand and Indonesian clash and only its neighbours tell. Empty drops
 * it; undefined leaves it to the tables.
 */
export function settleClash(
  tokens: readonly string[],
  position: number,
  words: ClashWords,
): readonly string[] | undefined {
  const token = tokens[position] ?? ''
  const before = tokens[position - 1] ?? ''
  const after = tokens[position + 1] ?? ''
  const goesOn = AFTER_SUBJECT.has(after) || words.isVerb(after)
  switch (token) {
    case 'dong':
      return goesOn && !words.isVerb(before) ? ['mereka'] : []
    case 'do':
    case 'dulu':
    case 'dolo':
      return []
    case 'ko':
    case 'koh':
    case 'k':
      return settleKo(token, before, after, tokens.length - 1 === position)
    case 'kk':
      return isDocument(tokens, position) ? ['kartu', 'keluarga'] : []
    case 'b':
      return goesOn || after === 'punk' || after === 'p' ? ['saya'] : undefined
    case 'p':
      return OWNERS.has(before) && after !== '' ? ['punya'] : undefined
    case 'sa':
      if (QUESTIONS.has(before)) return ['saja']
      return position === 0 && goesOn ? ['saya'] : []
    case 'on':
      return words.isVerb(after) ? ['tidak'] : ['on']
    case 'de':
      return goesOn ? ['dia'] : []
    case 'btl':
      return after === '' || VOWEL_PARTICLES.has(after) || QUESTIONS.has(before) ? ['betul'] : ['batal']
    case 'di':
    case 'ke':
      return []
    case 'admin':
    case 'petugas':
    case 'operator':
    case 'mama':
    case 'bapa':
    case 'om':
    case 'tante':
      return isGreeted(tokens, position) ? [] : undefined
    default:
      return ADDRESS.has(token) || VOWEL_PARTICLES.has(token) ? [] : undefined
  }
}

/** "Permisi kaka admin, beta mo tanya …" greets the admin, and asks for nobody. */
function isGreeted(tokens: readonly string[], position: number): boolean {
  const greets = GREETINGS.has(tokens[position - 1] ?? '') && !OWNERS.has(tokens[position + 1] ?? '')
  return greets && tokens.length - position > MORE_THAN_GREETED
}

function settleKo(token: string, before: string, after: string, last: boolean): readonly string[] {
  if (token === 'k' && /^\d/.test(before)) return ['ribu']
  if (last) return ['apakah']
  // "… ko sonde?" asks, it does not deny.
  return NEGATIONS.has(after) ? ['atau'] : ['supaya']
}

function isDocument(tokens: readonly string[], position: number): boolean {
  const around = [tokens[position - 2], tokens[position - 1], tokens[position + 1], tokens[position + 2]]
  return around.some((token) => token !== undefined && (DOCUMENT_WORDS.has(token) || /^\d{4,}$/.test(token)))
}
