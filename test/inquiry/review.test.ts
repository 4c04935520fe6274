import { describe, expect, it } from 'vitest'
import { reviewState, toReview } from '../../src/inquiry/review.ts'

const today = '2026-11-25'

describe('reviewState', () => {
  it.each([
    ['', '2027-12-31', 'empty'],
    ['Teks.', undefined, 'overdue'],
    ['Teks.', '2026-11-24', 'overdue'],
    ['Teks.', '2026-11-25', 'soon'],
    ['Teks.', '2026-12-25', 'soon'],
    ['Teks.', '2026-12-26', 'current'],
  ])('says of the text %j that is to be read again by %s: %s', (text, review_by, state) => {
    expect(reviewState({ text, review_by }, today)).toBe(state)
  })
})

describe('toReview', () => {
  it('puts those first that need somebody, and of these the oldest', () => {
    const topics = [
      { name: 'current', text: 'a', review_by: '2028-01-01' },
      { name: 'late', text: 'a', review_by: '2026-10-01' },
      { name: 'empty', text: '', review_by: undefined },
      { name: 'later', text: 'a', review_by: '2026-11-01' },
    ]
    expect(toReview(topics, today).map(({ topic }) => topic.name)).toEqual([
      'empty',
      'late',
      'later',
      'current',
    ])
  })
})
