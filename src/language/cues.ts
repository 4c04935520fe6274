import type { Concepts } from './concepts.ts'

/** The concepts of a sign, by what is asked of them. */
interface Signs {
  readonly present: readonly string[]
  readonly denied: readonly string[]
  readonly absent: readonly string[]
  readonly notDenied: readonly string[]
  /** May be there denied: "jang kasi batal" speaks of giving up and means the opposite. */
  readonly notAffirmed: readonly string[]
}

/** A sign that a sentence means something: concepts that must be there, must be denied, or must not be there. */
export interface Cue extends Signs {
  readonly written: string
  readonly weight: number
}

/** Reads a cue as `intents.yaml` writes it: "batal + pelatihan -info", "~ikut + kursus". Unknown names go to `problems`. */
export function readCue(
  written: string,
  weight: number,
  known: ReadonlySet<string>,
  problems: string[],
): Cue {
  const lists: Record<keyof Signs, string[]> = {
    present: [],
    denied: [],
    absent: [],
    notDenied: [],
    notAffirmed: [],
  }
  for (const part of written.split(/[\s+]+/)) {
    const [, sign = '', name = ''] = /^(-~|-|~|!)?(\w+)$/.exec(part) ?? []
    if (!known.has(name)) problems.push(`intents.yaml: the cue "${written}" names no concept "${part}"`)
    if (sign === '-~') lists.notDenied.push(name)
    else if (sign === '-') lists.absent.push(name)
    else if (sign === '~') lists.denied.push(name)
    else if (sign === '!') lists.notAffirmed.push(name)
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
    !cue.notAffirmed.some((name) => said.has(name) && !denied.has(name)) &&
    !cue.notDenied.some((name) => denied.has(name))
  )
}
