import { z } from 'zod'
import { importFaults, importStates } from '../../../marketplace/import/market-import.ts'
import { rowNotes, rowProblems } from '../../../marketplace/import/row-findings.ts'
import { shopFields } from '../../../marketplace/import/shop-columns.ts'
import { readWords } from '../../read-words.ts'

const text = z.string().trim().min(1)
const texts = <const Name extends string>(...names: readonly Name[]) => z.record(z.enum(names), text)

const shape = z.strictObject({
  /** What these pages are called among the tabs of the marketplace. */
  tabs: texts('imports', 'invitations', 'digest'),
  imports: texts(
    ...(['title', 'lead', 'privacy', 'upload', 'none', 'caption', 'file', 'state', 'brought'] as const),
    ...(['gone', 'cancelled', 'to_list'] as const),
  ),
  upload: z.strictObject({
    ...{
      title: text,
      lead: text,
      file: text,
      file_hint: text,
      source: text,
      source_hint: text,
      submit: text,
    },
    problems: texts('no_file', 'too_large', 'source', 'broken'),
  }),
  run: z.strictObject({
    ...{ title: text, facts: text, mapping_title: text, mapping_lead: text, none: text, sample: text },
    states: z.record(z.enum(importStates), text),
    fields: z.record(z.enum(shopFields), text),
    ...{ missing: text, absent: text, check: text, progress: text, wait: text, reload: text },
    ...{ found_title: text, would_title: text, reasons: text, notes: text, reason: text, count: text },
    counts: texts('rows', 'accepted', 'quarantined', 'added', 'changed', 'unchanged', 'owned'),
    ...{ download: text, load: text, load_text: text, again: text, cancel: text, loaded: text },
    to_invitations: text,
    faults: z.record(z.enum(importFaults), text),
  }),
  report: z.strictObject({
    columns: z.tuple([text, text, text, text]),
    findings: z.record(z.enum([...rowProblems, ...rowNotes]), text),
  }),
  invitations: texts(
    ...(['title', 'lead', 'none', 'caption', 'kelurahan', 'shops', 'invited', 'open', 'shop'] as const),
    ...(['kelurahan_title', 'source', 'until', 'invite', 'invite_again', 'invite_all', 'back'] as const),
    ...(['invite_all_hint', 'everybody', 'nobody', 'previous', 'next', 'made_title', 'made'] as const),
    ...(['valid', 'words', 'print', 'late'] as const),
  ),
  letter: z.strictObject({
    ...{ file: text, office: text, service: text, title: text, shop: text, place: text },
    body: z.array(text).min(1),
    ...{ code: text, until: text, how: text },
    steps: z.array(text).min(1),
    safe: text,
  }),
  digest: texts(
    ...(['title', 'lead', 'compose', 'compose_hint', 'not_made', 'made', 'waiting_title'] as const),
    ...(['waiting_none', 'resting', 'had_title', 'had_none', 'turn', 'product', 'shop'] as const),
    ...(['asked', 'featured', 'broadcast', 'filling'] as const),
  ),
})

/** The words of `flows/content/meja-umkm-impor.yaml`: imports of UMKM, invitations with their letter, and the weekly digest. */
export type MarketImportTexts = z.infer<typeof shape>

/** Reads the file; throws with every wrong place in it. */
export function parseMarketImportTexts(yaml: string): MarketImportTexts {
  return readWords(shape, 'meja-umkm-impor.yaml', yaml)
}
