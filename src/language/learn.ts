/** A sentence as numbers: the features it has, each with its strength. */
export type Features = ReadonlyMap<string, number>

/** A sentence to learn from. `prior` holds what the cues say already, one number a label, so that only the rest is learnt. */
export interface Lesson {
  readonly features: Features
  readonly prior: readonly number[]
  readonly label: number
}

/** What each feature says for each label. Plain sums, so that any answer can be traced to the words behind it. */
export interface Weights {
  readonly byFeature: ReadonlyMap<string, Float64Array>
  readonly bias: Float64Array
}

const ROUNDS = 12
const RATE = 0.5
const DECAY = 0.0006
const BIAS_STRENGTH = 0.3

/** A weight vector while it is learnt, with the sum of its squared slopes. */
interface Learning {
  readonly weights: Float64Array
  readonly speeds: Float64Array
}

/**
 * Learns weights from lessons: multinomial logistic regression by AdaGrad, always in the same order, so that the same
 * examples give the same weights.
 */
export function learn(lessons: readonly Lesson[], labelCount: number): Weights {
  const byFeature = new Map<string, Learning>()
  const bias = blank(labelCount)
  const prepared = lessons.map(({ features, prior, label }) => ({
    parts: [...features].map(([feature, strength]) => ({
      own: open(byFeature, feature, labelCount),
      strength,
    })),
    prior,
    label,
  }))
  const errors = new Float64Array(labelCount)
  for (let round = 0; round < ROUNDS; round++) {
    for (const { parts, prior, label } of prepared) {
      for (let index = 0; index < labelCount; index++)
        errors[index] = at(bias.weights, index) + (prior[index] ?? 0)
      for (const { own, strength } of parts) addScaled(errors, own.weights, strength)
      toShares(errors)
      errors[label] = at(errors, label) - 1
      for (const { own, strength } of parts) step(own, errors, strength)
      step(bias, errors, BIAS_STRENGTH)
    }
  }
  return {
    byFeature: new Map([...byFeature].map(([name, { weights }]) => [name, weights])),
    bias: bias.weights,
  }
}

function blank(length: number): Learning {
  return { weights: new Float64Array(length), speeds: new Float64Array(length).fill(1) }
}

function open(byFeature: Map<string, Learning>, feature: string, length: number): Learning {
  const known = byFeature.get(feature) ?? blank(length)
  byFeature.set(feature, known)
  return known
}

function at(numbers: Float64Array, index: number): number {
  return numbers[index] ?? 0
}

function addScaled(sums: Float64Array, weights: Float64Array, strength: number): void {
  for (let index = 0; index < sums.length; index++)
    sums[index] = at(sums, index) + at(weights, index) * strength
}

function step({ weights, speeds }: Learning, errors: Float64Array, strength: number): void {
  for (let index = 0; index < weights.length; index++) {
    const weight = at(weights, index)
    const slope = at(errors, index) * strength + DECAY * weight
    const speed = at(speeds, index) + slope * slope
    speeds[index] = speed
    weights[index] = weight - (RATE * slope) / Math.sqrt(speed)
  }
}

/** What features say for each label, on top of what is known already. */
export function score(weights: Weights, features: Features, prior: readonly number[]): Float64Array {
  const sums = weights.bias.map((value, label) => value + (prior[label] ?? 0))
  for (const [feature, strength] of features) {
    const own = weights.byFeature.get(feature)
    if (own !== undefined) addScaled(sums, own, strength)
  }
  return sums
}

/** Turns scores into shares of one, in place. A label of minus infinity gets nothing. */
export function toShares(scores: Float64Array): Float64Array {
  const highest = Math.max(...scores)
  let sum = 0
  for (let index = 0; index < scores.length; index++) {
    const power = Math.exp(at(scores, index) - highest)
    scores[index] = power
    sum += power
  }
  for (let index = 0; index < scores.length; index++) scores[index] = at(scores, index) / sum
  return scores
}
