import type { RecipientLine } from '../../../broadcast/broadcast-desk.ts'
import { csvLine } from '../../../language/csv-cell.ts'
import { writeMoment } from '../../../training/plan/plan-times.ts'
import type { BroadcastTexts } from './broadcast-texts.ts'
import { reasonText } from './recipients-page.ts'

/** The recipients as a CSV file that comes while it is read, headings first. */
export async function* recipientsCsv(
  texts: BroadcastTexts,
  batches: AsyncIterable<readonly RecipientLine[]>,
): AsyncGenerator<string> {
  const { csv } = texts
  const headings = [csv.row, csv.channel, csv.chat, csv.state, csv.reason, csv.at, csv.delivered, csv.read]
  yield `\uFEFF${csvLine(headings)}`
  let row = 0
  for await (const lines of batches) {
    yield lines
      .map((line) => {
        row += 1
        return csvLine(cells(texts, row, line))
      })
      .join('')
  }
}

function cells(texts: BroadcastTexts, row: number, line: RecipientLine): readonly string[] {
  const { channel, masked, state, at, deliveredAt, readAt } = line
  return [
    ...[String(row), texts.channels[channel], masked, texts.recipient_states[state]],
    ...[reasonText(texts, line), moment(at), moment(deliveredAt), moment(readAt)],
  ]
}

function moment(at: Date | undefined): string {
  if (at === undefined) return ''
  const { day, clock } = writeMoment(at)
  return `${day} ${clock.replace('.', ':')}`
}
