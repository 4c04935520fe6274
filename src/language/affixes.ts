// Each prefix with the letters its root may have lost to it ("menyanggah" is meny + (s)anggah).
const PREFIXES: readonly (readonly [string, readonly string[]])[] = [
  ['memper', ['']],
  ['meny', ['s', 'c']],
  ['meng', ['', 'k']],
  ['mem', ['', 'p']],
  ['men', ['', 't']],
  ['me', ['']],
  ['peny', ['s']],
  ['peng', ['', 'k']],
  ['pem', ['', 'p']],
  ['pen', ['', 't']],
  ['per', ['']],
  ['pe', ['']],
  ['di', ['']],
  ['ter', ['']],
  ['ta', ['']],
  ['ber', ['']],
  ['be', ['']],
  ['ba', ['']],
  ['ke', ['']],
  ['se', ['']],
  ['nge', ['']],
  ['ng', ['', 'k']],
  ['ny', ['s', 'c']],
  ['n', ['', 't']],
]
const SUFFIXES = ['nya', 'kan', 'lah', 'kah', 'pun', 'kn', 'ny', 'an', 'in', 'ku', 'mu', 'i', 'x']
const SHORTEST_ROOT = 3
const MOST_STEPS = 3

/**
 * The root of a word: its prefixes and suffixes, Indonesian, colloquial and Kupang Malay, taken off one after the other until
 * what is left is a known root. Undefined when it never is, so that nothing is cut from a word the bot does not know.
 */
export function stripAffixes(word: string, isRoot: (candidate: string) => boolean): string | undefined {
  let open = [word]
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = [...new Set(open.flatMap(stripOne))]
    const root = next.find(isRoot)
    if (root !== undefined) return root
    open = next
  }
  return undefined
}

function stripOne(word: string): readonly string[] {
  const shorter: string[] = []
  for (const suffix of SUFFIXES) {
    if (word.endsWith(suffix)) shorter.push(word.slice(0, -suffix.length))
  }
  for (const [prefix, lost] of PREFIXES) {
    if (!word.startsWith(prefix)) continue
    for (const letter of lost) shorter.push(letter + word.slice(prefix.length))
  }
  return shorter.filter((candidate) => candidate.length >= SHORTEST_ROOT)
}

/** The common derived forms of a verb root, so that a mistyped one can be recognised. */
export function derivedForms(root: string): readonly string[] {
  const me = nasal(root)
  const pe = me.replace(/^m/, 'p')
  return [
    me,
    `${me}kan`,
    `${me}i`,
    `di${root}`,
    `di${root}kan`,
    `${root}kan`,
    `${root}an`,
    `${root}in`,
    `${root}nya`,
    `${pe}an`,
    `ter${root}`,
    `ber${root}`,
    `ba${root}`,
  ]
}

function nasal(root: string): string {
  const first = root[0] ?? ''
  const rest = root.slice(1)
  if (first === 'p') return `mem${rest}`
  if (first === 't') return `men${rest}`
  if (first === 's') return `meny${rest}`
  if (first === 'k') return `meng${rest}`
  if ('bf'.includes(first)) return `mem${root}`
  if ('dcjz'.includes(first)) return `men${root}`
  if ('aeiouhg'.includes(first)) return `meng${root}`
  return `me${root}`
}
