/** What PT Serif has of the letters that names are written with: ASCII, Latin-1, most of Latin Extended-A, Cyrillic, and marks. */
const known =
  /^[ -~\u00a1-\u00ac\u00ae-\u0109\u010c-\u0113\u0116-\u011f\u0122-\u0127\u012a\u012b\u012e-\u0131\u0134-\u0137\u0139-\u013e\u0141-\u0148\u014c\u014d\u0150-\u0165\u016a-\u0173\u0178-\u017f\u0218-\u021b\u02bc\u0401-\u040c\u040e-\u044f\u0451-\u045c\u045e\u045f\u2013\u2014\u2018-\u201a\u201c-\u201e\u2026]$/u

/** Letters that no mark can be taken from, and how they are written without. */
const alike: Readonly<Record<string, string>> = {
  ʻ: '‘',
  ʹ: 'ʼ',
  '′': 'ʼ',
  '\u2010': '-',
  '\u2011': '-',
  ĸ: 'k',
  ŉ: 'ʼn',
  Ŋ: 'N',
  ŋ: 'n',
  Ŧ: 'T',
  ŧ: 't',
}

/**
 * A text in letters that the certificate's font has: others lose as few of their marks as they must ("Nguyễn" is "Nguyên"), and what
 * cannot be seen is left out. Undefined when a letter would be missing, as of a name in Chinese: better none than half of one.
 */
export function writable(text: string): string | undefined {
  const letters = lettersOf(text).map(written)
  const whole = tidy(letters.join(''))
  return letters.includes(undefined) || whole === '' ? undefined : whole
}

/** The same, but a letter that the font lacks is left out. */
export function writableParts(text: string): string {
  return tidy(
    lettersOf(text)
      .map((letter) => written(letter) ?? '')
      .join(''),
  )
}

function lettersOf(text: string): readonly string[] {
  return [...text.toWellFormed().normalize('NFC').replace(/\s/g, ' ')]
}

function tidy(text: string): string {
  return text.replace(/ +/g, ' ').trim()
}

function written(letter: string): string | undefined {
  if (known.test(letter)) return letter
  // A mark that is still alone belongs to no letter that there is.
  if (/^[\p{Cf}\p{Cc}\p{M}]$/u.test(letter)) return ''
  return alike[letter] ?? withFewerMarks(letter.normalize('NFKD')).find(isKnown)
}

/** A letter with all its marks, without one of them, and without any. */
function withFewerMarks(apart: string): readonly string[] {
  const parts = [...apart]
  const lessOne = parts.map((_, at) => parts.filter((__, each) => each !== at || each === 0))
  return [parts, ...lessOne, parts.filter((part) => !/\p{M}/u.test(part))].map((those) =>
    those.join('').normalize('NFC'),
  )
}

function isKnown(letters: string): boolean {
  return letters !== '' && [...letters].every((letter) => known.test(letter))
}
