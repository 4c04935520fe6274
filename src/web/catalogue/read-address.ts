/** The number that an address begins with: `12-abon-sapi` is 12. Undefined where there is none. */
export function readNumber(address: string): number | undefined {
  const [, digits] = /^([1-9]\d{0,14})(?:-|$)/.exec(address) ?? []
  return digits === undefined ? undefined : Number(digits)
}
