import { isDangerousFor } from '../../test/language/danger.ts'
import { perturbations } from '../../test/language/perturb.ts'
import type { Labelled } from '../../test/language/the-language.ts'
import type { Answer, Classifier, Example } from './classifier.ts'

/** A sentence with what a classifier made of it. */
export interface Judged {
  readonly text: string
  readonly wanted: readonly string[]
  readonly answer: Answer
}

/** The figures of a set of judged sentences. */
export interface Tally {
  readonly sentences: number
  /** Share of sentences for which the right thing is done at once. */
  readonly right: number
  /** Share for which it is done, or is one of the two that are offered. */
  readonly offered: number
  /** Share for which the right label is the best one, sure or not. */
  readonly first: number
  /** How often something harmful would be done at once. */
  readonly dangerous: number
  /** How often something harmful is the best label, be it only asked about. */
  readonly dangerousFirst: number
}

/** The answers of a trained classifier for a set. */
export async function judgeAll(
  answerFor: (text: string) => Answer | Promise<Answer>,
  set: readonly Labelled[],
): Promise<readonly Judged[]> {
  const judged: Judged[] = []
  for (const { text, wanted } of set) judged.push({ text, wanted, answer: await answerFor(text) })
  return judged
}

/**
 * Each sentence judged by a classifier that has learnt from neither it nor, with `isNear`, anything that is nearly the same.
 */
export async function leaveOneOut(
  { train }: Classifier,
  examples: readonly Example[],
  set: readonly Labelled[],
  isNear: (example: string, text: string) => boolean = isSame,
): Promise<readonly Judged[]> {
  const judged: Judged[] = []
  for (const one of set) {
    const answerFor = await train(examples.filter(({ text }) => !isNear(text, one.text)))
    judged.push(...(await judgeAll(answerFor, [one])))
  }
  return judged
}

/** Whether two sentences are the same but for capitals and spaces. */
function isSame(one: string, other: string): boolean {
  return fold(one) === fold(other)
}

function fold(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ')
}

/** Counts what was judged. */
export function tally(judged: readonly Judged[]): Tally {
  const share = (fits: (one: Judged) => boolean) => judged.filter(fits).length / (judged.length || 1)
  const has = (label: string | undefined, { wanted }: Judged) => label !== undefined && wanted.includes(label)
  return {
    sentences: judged.length,
    right: share((one) => has(one.answer.acts, one)),
    offered: share(
      (one) =>
        has(one.answer.acts, one) ||
        (one.answer.acts === undefined && one.answer.offers.some((label) => has(label, one))),
    ),
    first: share((one) => has(one.answer.first, one)),
    dangerous: judged.filter(isHarmful).length,
    dangerousFirst: judged.filter(({ answer, wanted }) => isDangerousFor(answer.first, wanted)).length,
  }
}

/** Whether something harmful would be done at once. */
export function isHarmful({ answer, wanted }: Judged): boolean {
  return answer.acts !== undefined && isDangerousFor(answer.acts, wanted)
}

/** Every sentence in every other way of writing it, `seeds` times each. */
export function perturbed(set: readonly Labelled[], seeds: number): readonly Labelled[] {
  return set.flatMap((one, at) =>
    perturbations.flatMap(({ apply }) =>
      Array.from({ length: seeds }, (_, seed) => ({ ...one, text: apply(one.text, at + seed * 7) })),
    ),
  )
}
