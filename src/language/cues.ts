import type { Concepts } from './concepts.ts'

/** A sign that a sentence means something: concepts that must be there, must be denied, or must not be there. */
export interface Cue {
  readonly written: string
  readonly present: readonly string[]
  readonly denied: readonly string[]
  readonly absent: readonly string[]
  readonly notDenied: readonly string[]
  readonly weight: number
}

/** Reads a cue as `intents.yaml` writes it: "batal + pelatihan -info", "~ikut + kursus". Unknown names go to `problems`. */
export function readCue(
  written: string,
  weight: number,
  known: ReadonlySet<string>,
  problems: string[],
): Cue {
  const cue = { present: [], denied: [], absent: [], notDenied: [] } as const satisfies Record<
    string,
    string[]
  >
  const lists: Record<'present' | 'denied' | 'absent' | 'notDenied', string[]> = {
    present: [...cue.present],
    denied: [...cue.denied],
    absent: [...cue.absent],
    notDenied: [...cue.notDenied],
  }
  for (const part of written.split(/[\s+]+/)) {
    const [, sign = '', name = ''] = /^(-~|-|~)?(\w+)$/.exec(part) ?? []
    if (!known.has(name)) problems.push(`intents.yaml: the cue "${written}" names no concept "${part}"`)
    if (sign === '-~') lists.notDenied.push(name)
    else if (sign === '-') lists.absent.push(name)
    else if (sign === '~') lists.denied.push(name)
    else lists.present.push(name)
  }
  return { written, weight, ...lists }
}

/** Whether a cue is there. */
export function fires(cue: Cue, { said, denied }: Concepts): boolean {
  return (
    cue.present.every((name) => said.has(name)) &&
    cue.denied.every((name) => denied.has(name)) &&
    !cue.absent.some((name) => said.has(name)) &&
    !cue.notDenied.some((name) => denied.has(name))
  )
}
