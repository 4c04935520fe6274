import type { Product, ProductState } from '../product.ts'
import type { ProductChanges } from '../store-writes.ts'

/** What an owner may do with a product as a whole. `confirm`: it is still there. */
export const ownerMoves = ['sold_out', 'back', 'hide', 'show', 'submit', 'confirm'] as const
export type OwnerMove = (typeof ownerMoves)[number]

/** What becomes of a move. */
export type Decided =
  | {
      readonly type: 'move'
      readonly state: ProductState
      readonly changes: ProductChanges
      /** As the history tells it. */
      readonly what: string
    }
  /** It is so already. */
  | { readonly type: 'already' }
  /** It does not go from the state in which it is. */
  | { readonly type: 'cannot' }
  /** First the owner has to agree to be published. */
  | { readonly type: 'no_consent' }

const already: Decided = { type: 'already' }
const cannot: Decided = { type: 'cannot' }

/** Decides a move of the owner's. Nothing becomes public without consent, nor without an officer's having seen it. */
export function decideMove(
  product: Pick<Product, 'state' | 'reason' | 'shownAt' | 'wasSoldOut'>,
  move: OwnerMove,
  { canPublish, now }: { readonly canPublish: boolean; readonly now: Date },
): Decided {
  const { state } = product
  switch (move) {
    case 'sold_out':
      if (state === 'sold_out') return already
      return state === 'shown' ? moved('sold_out', 'sold_out', confirmed(now)) : cannot
    case 'hide':
      return hide(state)
    case 'confirm':
      if (state === 'shown' || state === 'sold_out') return moved(state, 'confirmed', confirmed(now))
      return state === 'hidden' && product.reason === 'unconfirmed' ? show(product, canPublish, now) : cannot
    case 'back':
      return back(product, canPublish, now)
    case 'show':
      return show(product, canPublish, now)
    case 'submit':
      if (state === 'waiting') return already
      return state === 'draft' || state === 'needs_fix' ? submit(canPublish, now) : cannot
  }
}

function hide(state: ProductState): Decided {
  if (state === 'shown' || state === 'sold_out') return moved('hidden', 'hidden', { reason: 'owner' })
  if (state === 'waiting') return moved('draft', 'withdrawn', {})
  return state === 'hidden' || state === 'draft' ? already : cannot
}

function back(
  product: Pick<Product, 'state' | 'shownAt' | 'wasSoldOut'>,
  canPublish: boolean,
  now: Date,
): Decided {
  const { state, wasSoldOut } = product
  const isBack = { ...confirmed(now), wasSoldOut: false }
  if (state === 'sold_out') return canPublish ? moved('shown', 'back', isBack) : { type: 'no_consent' }
  // It goes on waiting, and comes back as one that is there.
  if (state === 'waiting' && wasSoldOut) return moved('waiting', 'back', isBack)
  const shown = show(product, canPublish, now)
  return shown.type === 'move' ? { ...shown, changes: { ...shown.changes, wasSoldOut: false } } : shown
}

function show(
  { state, shownAt }: Pick<Product, 'state' | 'shownAt'>,
  canPublish: boolean,
  now: Date,
): Decided {
  if (state === 'shown' || state === 'sold_out' || state === 'waiting') return already
  if (state === 'removed') return cannot
  // What no officer has seen goes to them first.
  if (state !== 'hidden' || shownAt === undefined) return submit(canPublish, now)
  return canPublish ? moved('shown', 'shown', { ...confirmed(now), reason: null }) : { type: 'no_consent' }
}

function submit(canPublish: boolean, now: Date): Decided {
  if (!canPublish) return { type: 'no_consent' }
  return moved('waiting', 'submitted', { submittedAt: now, reason: null })
}

function moved(state: ProductState, what: string, changes: ProductChanges): Decided {
  return { type: 'move', state, what, changes: { ...changes, state } }
}

function confirmed(now: Date): ProductChanges {
  return { confirmedAt: now, misses: 0 }
}

/** Where a product stands after its owner changed what an officer looks at: back to the officers, or a draft where it was hidden. */
export function afterEdit(
  state: ProductState,
  now: Date,
): Pick<ProductChanges, 'state' | 'submittedAt' | 'reason' | 'wasSoldOut'> {
  if (state === 'shown' || state === 'sold_out')
    return { state: 'waiting', submittedAt: now, reason: null, wasSoldOut: state === 'sold_out' }
  return state === 'hidden' ? { state: 'draft', reason: null } : {}
}
