import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance } from '../../src/flow/engine.ts'
import type { FlowSet } from '../../src/flow/flow-set.ts'
import type { Input } from '../../src/flow/input.ts'
import { emptySession, type Session, sessionSchema } from '../../src/flow/session.ts'
import type { Turn } from '../../src/flow/turn.ts'
import { mustLoad } from './sample-flows.ts'

const flows = mustLoad()
const now = new Date('2026-01-05T01:00:00Z')

const naughty = [
  '',
  ' ',
  '\0',
  '\u200b\u200d',
  '\u202eterbalik',
  '👍',
  '👎🏽',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '{{birth_date}}',
  '{{ kelurahan_label }}',
  '$&',
  '\\',
  '0',
  '-1',
  '999999999999',
  '1e309',
  'NaN',
  "'; DROP TABLE sessions; --",
  '<b>hai</b>',
  '2026-99-99',
  '2026-01-05T99:99:99Z',
  'x'.repeat(5000),
  '\ud800',
]

/** What people do write, so that random conversations get deep into the flows. */
const sensible = [
  'menu',
  'kembali',
  'batal',
  'bantuan',
  'petugas',
  'stop',
  'cek bot',
  'bansos',
  'pelatihan',
  '17-08-1980',
  '5-6-80',
  'alak',
  'oesapa',
  'lasina',
  '1234',
  'ya',
  'tidak',
  'lagi',
  'sebelumnya',
  'lewati',
  'hapus semua data saya',
  'bantuan atau pelatihan',
  'beta mau tau bantuan',
  ...Array.from({ length: 10 }, (_, i) => String(i)),
]

const courses = Array.from({ length: 8 }, (_, i) => ({ id: `c${i}`, name: `Kelas ${i}`, seats: i }))
const outcomes: Readonly<Record<string, Input & { type: 'outcome' }>> = {
  recipient: {
    type: 'outcome',
    outcome: 'recipient',
    values: {
      name_masked: 'S***',
      as_of: '2023-02-01',
      programmes: [{ name: 'PKH', answer: 'YA', period: '-' }],
    },
    now,
  },
  not_found: { type: 'outcome', outcome: 'not_found', values: {}, now },
  locked: { type: 'outcome', outcome: 'locked', values: {}, now },
  found: { type: 'outcome', outcome: 'found', values: { courses }, now },
  none: { type: 'outcome', outcome: 'none', values: {}, now },
  registered: { type: 'outcome', outcome: 'registered', values: {}, now },
  full: { type: 'outcome', outcome: 'full', values: { courses }, now },
  stopped: { type: 'outcome', outcome: 'stopped', values: {}, now },
}

const text = fc
  .oneof(
    { weight: 6, arbitrary: fc.constantFrom(...sensible) },
    { weight: 2, arbitrary: fc.constantFrom(...naughty) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  )
  .map((value): Input => ({ type: 'text', text: value, now }))

const choice = fc
  .oneof(
    fc
      .tuple(fc.nat(40), fc.constantFrom('0', '1', '2', '3', 'more', 'previous', 'skip'))
      .map((p) => p.join('.')),
    fc.string(),
  )
  .map((value): Input => ({ type: 'choice', value, now }))

const other = fc.constantFrom<Input>(
  { type: 'media', mediaId: 'm1', mediaType: 'photo', caption: 'hai', now },
  { type: 'media', mediaId: 'm2', mediaType: 'document', caption: '', now },
  { type: 'location', latitude: -10.1, longitude: 123.6, now },
  { type: 'unreadable', what: 'voice', now },
  { type: 'unreadable', what: '__proto__', now },
  { type: 'outcome', outcome: 'not_an_outcome', values: {}, now },
  { type: 'open', to: 'bansos/start', now },
  { type: 'open', to: 'menu/start', now },
  { type: 'open', to: 'bansos/done', values: { name_masked: 'S***' }, now },
)

/** "press" presses a random button of the last message; "act" is what an action gives back. */
const move = fc.oneof(
  { weight: 8, arbitrary: text },
  { weight: 1, arbitrary: choice },
  { weight: 1, arbitrary: other },
  { weight: 2, arbitrary: fc.nat(9).map((index) => ({ type: 'press' as const, index })) },
)
const seeds = fc.array(fc.nat(7), { minLength: 1, maxLength: 8 })

type Move = Input | { readonly type: 'press'; readonly index: number }

function inputOf(step: Move, last: Turn | undefined): Input {
  if (step.type !== 'press') return step
  const options = last?.messages.flatMap((message) => message.options ?? []) ?? []
  const value = options[step.index % Math.max(options.length, 1)]?.value ?? '1.1'
  return { type: 'choice', value, now }
}

/** Answers every call, as the conversation does, until the turn waits or ends. */
function settle(set: FlowSet, session: Session, input: Input, pick: (upTo: number) => number): Turn {
  let turn = advance(set, session, input)
  const messages = [...turn.messages]
  while (turn.type === 'calling') {
    const { flow, step } = turn.session
    const doing = set.steps.get(`${flow}/${step}`)
    if (doing?.kind !== 'do') throw new Error('a call that stands at no action')
    const names = [...doing.outcomes.keys()]
    turn = advance(set, turn.session, outcomes[names[pick(names.length)]!]!)
    messages.push(...turn.messages)
  }
  return { ...turn, messages }
}

describe('advance, whatever comes', () => {
  it('never throws, always says something, survives JSON and keeps secrets', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 25 }), seeds, (moves, picks) => {
        let session = emptySession()
        let last: Turn | undefined
        let picked = 0
        for (const step of moves) {
          const pick = (upTo: number) => (picks[picked++ % picks.length] ?? 0) % upTo
          const input = inputOf(step, last)
          const stray = input.type === 'outcome'
          last = settle(flows, session, input, pick)
          expect(sessionSchema.parse(JSON.parse(JSON.stringify(last.session)))).toEqual(last.session)
          expect(last.session.prompt).toBeGreaterThanOrEqual(session.prompt)
          if (!stray) expect(last.messages.length).toBeGreaterThan(0)
          for (const message of last.messages) {
            expect(message.text.trim()).not.toBe('')
            for (const { value } of message.options ?? [])
              expect(Buffer.byteLength(value)).toBeLessThanOrEqual(60)
          }
          session = last.session
        }
      }),
      { numRuns: 400 },
    )
  })

  it('says no secret back', () => {
    const year = fc.integer({ min: 1930, max: 2010 })
    const tail = fc.integer({ min: 1000, max: 9999 }).filter((n) => n < 1900 || n > 2100)
    fc.assert(
      fc.property(
        year,
        tail,
        fc.array(text, { maxLength: 12 }),
        seeds,
        (birthYear, nikTail, after, picks) => {
          const first: Input[] = [`bansos`, `17-08-${birthYear}`, 'alak', String(nikTail)].map((value) => ({
            type: 'text',
            text: value,
            now,
          }))
          const safe = after.filter((input) => input.type === 'text' && !/\d{4}|\{\{/.test(input.text))
          let session = emptySession()
          let said = ''
          let picked = 0
          for (const input of [...first, ...safe]) {
            const turn = settle(flows, session, input, (upTo) => (picks[picked++ % picks.length] ?? 0) % upTo)
            said += turn.messages.map((message) => JSON.stringify(message)).join('\n')
            session = turn.session
          }
          expect(said).not.toContain(`Agustus ${birthYear}`)
          expect(said).not.toContain(`${birthYear}-08`)
          expect(said).not.toContain(String(nikTail))
        },
      ),
      { numRuns: 200 },
    )
  })
})
