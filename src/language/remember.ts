/**
 * The same function, remembering its latest answers, at most `most`: people use few words, and again and again. For functions
 * whose answer depends on nothing but the text.
 */
export function remember<Answer>(compute: (text: string) => Answer, most: number): (text: string) => Answer {
  const known = new Map<string, { readonly answer: Answer }>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found.answer
    const answer = compute(text)
    if (known.size >= most) known.clear()
    known.set(text, { answer })
    return answer
  }
}
