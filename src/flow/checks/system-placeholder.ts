import type { Check } from '../draft.ts'
import { parseTemplate } from '../template.ts'

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  confirm_value: ['label'],
  confirm_intent: ['title'],
}

/** Texts outside any flow fill in nothing but what they are given. */
export const systemPlaceholder: Check = ({ system, systemPath }) => {
  const { unreadable, ...texts } = system.texts
  const all = [
    ...Object.entries(texts),
    ...Object.entries(unreadable),
    ...Object.entries(system.expects),
    ...Object.entries(system.expects_help),
  ]
  return all.flatMap(([key, text]) =>
    parseTemplate(text)
      .names.filter((name) => !(ALLOWED[key] ?? []).includes(name))
      .map((name) => ({ file: systemPath, step: '', what: `text "${key}" cannot use {{${name}}}` })),
  )
}
