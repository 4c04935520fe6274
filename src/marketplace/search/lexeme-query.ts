/** Alternatives, each a set of lexemes, as text that PostgreSQL reads as a `tsquery`. Whatever a lexeme holds is only ever a lexeme. */
export function anyOf(alternatives: readonly (readonly string[])[]): string {
  return alternatives
    .map((lexemes) => (lexemes.length > 1 ? `(${allOf(lexemes)})` : allOf(lexemes)))
    .join(' | ')
}

function allOf(lexemes: readonly string[]): string {
  return lexemes.map(quote).join(' & ')
}

function quote(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

/** Every one of these queries at once. */
export function every(queries: readonly string[]): string {
  return queries.map((query) => `(${query})`).join(' & ')
}

/** At least `count` of these queries; of over `most` only the first are looked at. */
export function atLeast(count: number, queries: readonly string[], most = 6): string {
  const considered = queries.slice(0, most)
  const chosen = choose(considered, Math.min(count, considered.length))
  return chosen.map((combination) => `(${every(combination)})`).join(' | ')
}

function choose(items: readonly string[], count: number): readonly (readonly string[])[] {
  if (count === 0) return [[]]
  return items.flatMap((item, index) =>
    choose(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]),
  )
}
