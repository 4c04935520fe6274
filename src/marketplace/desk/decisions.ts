import type { MarketWords } from '../market-words.ts'
import type { Product } from '../product.ts'
import { type Decision, type DecisionKind, longestWords } from './decision.ts'

/** What may be decided about a product as it is, the likeliest first. */
export function decisionsFor({ state, appeal }: Pick<Product, 'state' | 'appeal'>): readonly DecisionKind[] {
  const answers: readonly DecisionKind[] = appeal === undefined ? [] : ['restore', 'refuse_appeal']
  switch (state) {
    case 'draft':
      return []
    case 'waiting':
      return ['approve', 'ask_fix', 'remove']
    case 'needs_fix':
      return appeal === undefined ? ['approve', 'ask_fix', 'remove'] : [...answers, 'ask_fix', 'remove']
    case 'shown':
    case 'sold_out':
    case 'hidden':
      return ['ask_fix', 'remove']
    case 'removed':
      return appeal === undefined ? ['restore'] : answers
  }
}

/** The code that says nothing by itself. */
const ownWordsOnly = 'other'

/** What the owner reads of a decision: the text of the reason with the officer's own words; empty where there is nothing to say. */
export function reasonText(
  decision: Decision,
  reasons: MarketWords['reasons'],
): { readonly type: 'text'; readonly text: string } | { readonly type: 'reason' | 'too_long' } {
  if (!('words' in decision)) return { type: 'text', text: '' }
  const words = decision.words.replace(/\s+/g, ' ').trim()
  if (words.length > longestWords) return { type: 'too_long' }
  if (!('reason' in decision)) return words === '' ? { type: 'reason' } : { type: 'text', text: words }
  const template = reasons[decision.reason]
  if (template === undefined) return { type: 'reason' }
  if (decision.reason !== ownWordsOnly) return { type: 'text', text: `${template.text} ${words}`.trim() }
  return words === '' ? { type: 'reason' } : { type: 'text', text: words }
}
