import { at, type Check, type Draft } from '../draft.ts'
import { personPick } from '../pick-list.ts'
import type { Problem } from '../problem.ts'
import { shownText } from '../step-texts.ts'

/** Characters of one message that an old phone shows without trouble. */
const OLD_PHONE = 700

/** Every text fits into one message of each channel, and on the screen of an old phone. */
export const textTooLong: Check = (draft) => {
  const { label, hint } = draft.system.words.person
  const person = personPick({ label, hint })
  return [
    ...[...draft.nodes.values()].flatMap((node) =>
      tooLong(draft, shownText(node.step, person)).map((what) => at(node, what)),
    ),
    ...systemTexts(draft).flatMap(([name, text]) =>
      tooLong(draft, text).map(
        (what): Problem => ({ file: draft.systemPath, step: '', what: `${name}: ${what}` }),
      ),
    ),
  ]
}

function tooLong({ channelLimits }: Draft, text: string): readonly string[] {
  const over = Object.entries(channelLimits)
    .filter(([, limit]) => text.length > limit)
    .map(([channel, limit]) => `text of ${text.length} characters is over the limit of ${channel}, ${limit}`)
  if (over.length > 0) return over
  return text.length > OLD_PHONE
    ? [`text of ${text.length} characters is too long for one message on an old phone, ${OLD_PHONE}`]
    : []
}

function systemTexts({ system }: Draft): readonly (readonly [name: string, text: string])[] {
  const { unreadable, ...texts } = system.texts
  const named = (group: string, all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([key, text]) => [`${group}.${key}`, text] as const)
  return [
    ['notice.text', system.notice.text],
    ...named('texts', texts),
    ...named('texts.unreadable', unreadable),
    ...named('expects', system.expects),
    ...named('expects_help', system.expects_help),
    ...named('problems', system.problems),
  ]
}
