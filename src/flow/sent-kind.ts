import { sentKinds } from './flow-file.ts'
import type { AskKind } from './flow-set.ts'

const sent: readonly string[] = sentKinds

/** Whether an answer of this kind is sent as a picture, a file or a place, not typed. */
export function isSentKind(kind: AskKind): kind is (typeof sentKinds)[number] {
  return sent.includes(kind)
}
