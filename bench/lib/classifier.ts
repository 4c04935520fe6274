/** An example sentence with its label. */
export interface Example {
  readonly text: string
  readonly label: string
}

/** What a classifier says of a sentence: what it does with it, and what it would offer if it asked. */
export interface Answer {
  /** Undefined when it does nothing without asking. */
  readonly acts: string | undefined
  /** The best label. */
  readonly first: string
  /** The labels it would offer, the best first. */
  readonly offers: readonly string[]
}

/** Learns from examples, and answers for sentences. */
export interface Classifier {
  readonly name: string
  train(examples: readonly Example[]): Promise<(text: string) => Answer | Promise<Answer>>
}
