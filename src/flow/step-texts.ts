import type { StepFile } from './flow-file.ts'
import type { Pick } from './flow-set.ts'
import { pickList } from './pick-list.ts'
import { parseTemplate } from './template.ts'

/** A text that a step says, and the templates for the lists in it. */
export interface StepText {
  readonly text: string
  readonly lines: Readonly<Record<string, string>>
}

/** The text that a step says with the values of the session; `do` and a silent end say nothing. */
export function textsOf(step: StepFile): readonly StepText[] {
  if (step.kind === 'do') return []
  const text = spokenOf(step)
  return text === undefined ? [] : [{ text, lines: step.lines ?? {} }]
}

function spokenOf(step: Exclude<StepFile, { kind: 'do' }>): string | undefined {
  switch (step.kind) {
    case 'say':
      return step.say
    case 'ask':
      return step.ask
    case 'choose':
    case 'choose_row':
      return step.choose
    case 'handoff':
      return step.say
    case 'end':
      return step.end === true ? undefined : step.end
  }
}

/** The text as it is sent at least: with the options of a choice, without what is filled in. */
export function shownText(step: StepFile, person: Pick): string {
  const text = textsOf(step)
    .map((spoken) =>
      parseTemplate(spoken.text)
        .parts.filter((_, index) => index % 2 === 0)
        .join(''),
    )
    .join('')
  if (step.kind !== 'choose') return text
  const picks = step.options.map(({ label }, index) => ({ key: String(index + 1), label }))
  return `${text}\n${pickList([...picks, person])}`
}
