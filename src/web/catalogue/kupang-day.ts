const kupangMs = 8 * 3_600_000
const dayMs = 86_400_000

/** The day in Kupang, counted from any. */
export function kupangDay(at: Date): number {
  return Math.floor((at.getTime() + kupangMs) / dayMs)
}
