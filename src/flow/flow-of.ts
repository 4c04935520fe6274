/** The name of the flow in a step's whole path, `flow/step`. */
export function flowOf(path: string): string {
  return path.slice(0, path.indexOf('/'))
}
