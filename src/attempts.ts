/** Several things to do, each whatever became of the others. */
export interface Attempts {
  /** Does one, which answers how many things it did. */
  attempt(work: () => Promise<number>): Promise<void>
  /** How much was done in all. Throws when something failed. */
  finish(): number
}

/** Begins. */
export function createAttempts(): Attempts {
  const failures: unknown[] = []
  let done = 0
  return {
    async attempt(work) {
      try {
        done += await work()
      } catch (error) {
        failures.push(error)
      }
    },
    finish() {
      const [cause] = failures
      if (failures.length > 0) throw new Error(`${failures.length} things could not be tended`, { cause })
      return done
    },
  }
}
