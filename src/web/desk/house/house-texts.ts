import { z } from 'zod'
import { readWords } from '../../read-words.ts'

const text = z.string().trim().min(1)
const titled = z.strictObject({ title: text, text })

const houseTextsShape = z.strictObject({
  contents: z.strictObject({
    section: text,
    title: text,
    lead: text,
    list: text,
    answer: text,
    owner: text,
    as_of: text,
    review_by: text,
    state: text,
    source: text,
    read: text,
    states: z.strictObject({ empty: text, overdue: text, soon: text, current: text }),
    tile_overdue: text,
    tile_empty: text,
    none: text,
  }),
  alarms: z.strictObject({
    section: text,
    title: text,
    lead: text,
    none: text,
    since: text,
    settle: text,
    settled: text,
    tile: text,
    kinds: z.record(z.string(), titled).and(z.object({ other: titled })),
  }),
  channels: z.strictObject({
    section: text,
    title: text,
    lead: text,
    off: text,
    state: text,
    last: text,
    never: text,
    not_served: text,
    restricted: text,
    states: z.strictObject({ unlinked: text, connecting: text, open: text, waiting: text, stopped: text }),
    reasons: z.record(z.string(), text),
    link: text,
    resume: text,
    unlink: text,
    unlink_title: text,
    unlink_text: text,
    unlinked: text,
    forgotten: text,
    not_linked: text,
    not_heard: text,
    linking: z.strictObject({
      title: text,
      steps: z.array(text).min(1),
      qr: text,
      starting: text,
      slow: text,
      fresh: text,
      reload: text,
      linked: text,
      resumed: text,
      linked_already: text,
      busy: text,
      failed: text,
      back: text,
    }),
  }),
})

/** The words of `flows/content/meja-rumah.yaml`: the pages on what the house itself needs of its staff. */
export type HouseTexts = z.infer<typeof houseTextsShape>

/** Reads the file; throws with every wrong place in it. */
export function parseHouseTexts(yaml: string): HouseTexts {
  return readWords(houseTextsShape, 'meja-rumah.yaml', yaml)
}
