/** What is needed to know of a flow to follow a target into it. */
export interface Reachable {
  readonly start: string
  readonly steps: { has(id: string): boolean }
}

/**
 * The whole path of a target as it is written in `flow`: "step" stays in the flow, "flow/step" leaves it, and
 * "flow/start" is the first step of a flow, whatever its name.
 */
export function targetPath(
  target: string,
  flow: string,
  reachable: (name: string) => Reachable | undefined,
): string {
  const slash = target.indexOf('/')
  const name = slash < 0 ? flow : target.slice(0, slash)
  const step = target.slice(slash + 1)
  const there = reachable(name)
  const start = step === 'start' && there !== undefined && !there.steps.has('start')
  return `${name}/${start ? there.start : step}`
}
