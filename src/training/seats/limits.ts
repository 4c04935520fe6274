/** How many different people one contact may register within `HELPED_DAYS`. */
export const MOST_HELPED = 5

export const HELPED_DAYS = 30

/** How many different people one contact may have in one course. */
export const MOST_HELPED_IN_COURSE = 3

/** How often within `HELPED_DAYS` a contact is told that somebody is registered from elsewhere; then nothing is looked up. */
export const MOST_ELSEWHERE = 5

/** A registration that is over is still listed for so many days. */
export const LISTED_DAYS = 30

/** One that ended well, for as long as people look for their certificate. */
export const LISTED_DAYS_PASSED = 365

/** How many of a contact's own registrations are listed. */
export const MOST_LISTED = 20
