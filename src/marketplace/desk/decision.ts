/** What an officer may do with a product; from which state is told by `decisionsFor`. */
export const decisionKinds = ['approve', 'ask_fix', 'remove', 'restore', 'refuse_appeal'] as const
export type DecisionKind = (typeof decisionKinds)[number]

/** A decision. `reason`: a code of `reasons` in flows/content/umkm.yaml; `words`: the officer's own, which may be empty where the reason says enough. */
export type Decision =
  | { readonly type: 'approve' | 'restore' }
  | { readonly type: 'ask_fix' | 'remove'; readonly reason: string; readonly words: string }
  | { readonly type: 'refuse_appeal'; readonly words: string }

/** The longest words of an officer's own. */
export const longestWords = 300
