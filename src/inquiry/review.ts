import type { Topic } from './content.ts'

/** How a dated text stands. `soon`: it is to be read again within a month. */
export type ReviewState = 'empty' | 'overdue' | 'soon' | 'current'

const soonDays = 30
/** Worst first. */
const order: readonly ReviewState[] = ['empty', 'overdue', 'soon', 'current']

/** How a text stands on a day, `yyyy-mm-dd`. One without a day to be read again is overdue: nobody would ever look. */
export function reviewState(topic: Pick<Topic, 'text' | 'review_by'>, today: string): ReviewState {
  if (topic.text === '') return 'empty'
  if (topic.review_by === undefined || topic.review_by < today) return 'overdue'
  const until = new Date(Date.parse(today) + soonDays * 86_400_000).toISOString().slice(0, 10)
  return topic.review_by <= until ? 'soon' : 'current'
}

/** Texts with how they stand, those that need somebody first. */
export function toReview<T extends Pick<Topic, 'text' | 'review_by'>>(
  topics: readonly T[],
  today: string,
): readonly { readonly topic: T; readonly state: ReviewState }[] {
  return topics
    .map((topic) => ({ topic, state: reviewState(topic, today) }))
    .sort(
      (one, other) =>
        order.indexOf(one.state) - order.indexOf(other.state) ||
        (one.topic.review_by ?? '').localeCompare(other.topic.review_by ?? ''),
    )
}
