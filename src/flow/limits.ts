/** Steps that one turn may pass through before the engine takes it for an endless loop and throws. */
export const MAX_STEPS_A_TURN = 50

/** Actions that may follow one another without a word from the person, before the engine throws. */
export const MAX_CALLS_A_TURN = 20

/** Waiting steps that "kembali" can walk back through. */
export const MAX_TRAIL = 20

/** Characters of one incoming text; a longer one is answered with `too_long`. */
export const MAX_INCOMING_LENGTH = 4000

/** Misses in a row after which a person is offered. */
export const MISSES_BEFORE_PERSON = 2

/** Misses in a row at a question after which another way is offered. */
export const MISSES_BEFORE_OTHER_WAY = 3

/** Rows of a list that one message shows unless the step says otherwise. */
export const DEFAULT_PAGE_SIZE = 7

/** Bytes of the value of a button. */
export const MAX_BUTTON_BYTES = 60
