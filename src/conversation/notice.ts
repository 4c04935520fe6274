import { createHash } from 'node:crypto'
import type { FlowSet } from '../flow/flow-set.ts'
import type { ShownNotice } from './heard.ts'

/** The privacy notice with its proof, for a chat that was shown only these versions; undefined when it was shown this one. */
export function noticeFor(
  { system }: FlowSet,
  shown: readonly string[],
): (ShownNotice & { readonly text: string }) | undefined {
  const { version, text } = system.notice
  if (shown.includes(version)) return undefined
  return { version, text, textHash: createHash('sha256').update(text).digest('hex') }
}
