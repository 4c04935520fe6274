import { describe, expect, it } from 'vitest'
import { checkReplies } from '../../src/flow/check-replies.ts'
import { parseScripts } from '../../src/flow/script.ts'

const sample = `
- script: Nomor tetap seperti ditulis
  given: { fixtures: [household_a], now: 2026-01-05T09:00+08:00, channel: telegram, values: { code: 7 } }
  lines:
    - warga: 0812
    - bot: Ada lagi?
    - options: [Ya, Bukan]
    - effect: { name: audit, count: 2 }
    - warga_pilih: 2
    - bot_exact: Terima kasih.
    - warga_kirim: sticker
    - warga_kirim: { photo: Jalan 12 rusak }
    - warga_kirim: { document: "" }
    - petugas: Selamat siang
    - waktu: 2026-01-06T09:00+08:00
`

describe('parseScripts', () => {
  it('groups what is expected under what set it off', () => {
    const parsed = parseScripts('flows/x.test.yaml', sample)
    if (parsed.type === 'broken') throw new Error(JSON.stringify(parsed.problems))
    const [script] = parsed.scripts
    expect(script?.name).toBe('Nomor tetap seperti ditulis')
    expect(script?.given).toEqual({
      fixtures: ['household_a'],
      now: new Date('2026-01-05T01:00:00Z'),
      channel: 'telegram',
      values: { code: 7 },
    })
    expect(script?.turns).toEqual([
      {
        line: 1,
        cause: { type: 'says', text: '0812' },
        expected: [
          { type: 'contains', text: 'Ada lagi?' },
          { type: 'options', labels: ['Ya', 'Bukan'] },
        ],
        effects: [{ name: 'audit', count: 2 }],
      },
      {
        line: 5,
        cause: { type: 'presses', option: '2' },
        expected: [{ type: 'equals', text: 'Terima kasih.' }],
        effects: [],
      },
      { line: 7, cause: { type: 'sends', what: 'sticker' }, expected: [], effects: [] },
      {
        line: 8,
        cause: { type: 'sends', what: 'photo', caption: 'Jalan 12 rusak' },
        expected: [],
        effects: [],
      },
      { line: 9, cause: { type: 'sends', what: 'document', caption: '' }, expected: [], effects: [] },
      { line: 10, cause: { type: 'officer', text: 'Selamat siang' }, expected: [], effects: [] },
      {
        line: 11,
        cause: { type: 'clock', now: new Date('2026-01-06T01:00:00Z') },
        expected: [],
        effects: [],
      },
    ])
  })

  it.each([
    ['- script: [', /line \d+/],
    ['script: x', /expected array/],
    ['- { script: x, given: { now: besok }, lines: [ { warga: a } ] }', /given\.now: is not a moment/],
    ['- { script: x, given: { now: 2026-01-05 }, lines: [ { bot: a } ] }', /x: line 1: comes before anyone/],
    [
      '- { script: x, given: { now: 2026-01-05 }, lines: [ { warga: a, bot: b } ] }',
      /line 1: has warga and bot/,
    ],
    ['- { script: x, given: { now: 2026-01-05 }, lines: [ { wrga: a } ] }', /wrga/],
    [
      '- { script: x, given: { now: 2026-01-05 }, lines: [ { warga_kirim: { sticker: a } } ] }',
      /lines\.0\.warga_kirim/,
    ],
  ])('reports what is wrong with %j', (text, what) => {
    const parsed = parseScripts('flows/x.test.yaml', text)
    if (parsed.type === 'parsed') throw new Error('it was taken for sound')
    expect(parsed.problems.map((problem) => problem.what).join('\n')).toMatch(what)
    expect(parsed.problems[0]?.file).toBe('flows/x.test.yaml')
  })
})

const given = 'given: { now: 2026-01-05T09:00+08:00 }'
const parseLines = (...lines: string[]) =>
  parseScripts('flows/x.test.yaml', `- { script: x, ${given}, lines: [ ${lines.join(', ')} ] }`)

describe('parseScripts, of what an office does about courses', () => {
  it('reads each deed with what goes with it', () => {
    const parsed = parseLines(
      '{ kantor: { umumkan: 1 } }',
      '{ kantor: { batalkan_pelatihan: 2, alasan: Pelatih sakit } }',
      '{ kantor: { terima: [Warga Contoh, Warga Lain], pelatihan: 2 } }',
      '{ kantor: { tolak: Warga Contoh, alasan: Kuota penuh } }',
      '{ kantor: { pindah: Aula 2 } }',
      '{ kantor: { geser_hari: -7, pelatihan: 3 } }',
      '{ kantor: { batal: Warga Lain } }',
      '{ warga_kode: true }',
    )
    if (parsed.type === 'broken') throw new Error(JSON.stringify(parsed.problems))
    const none = { course: undefined, reason: undefined }
    expect(parsed.scripts[0]?.turns.map(({ cause }) => cause)).toEqual([
      { type: 'office', deed: { what: 'umumkan', words: ['1'], course: 1, reason: undefined } },
      {
        type: 'office',
        deed: { what: 'batalkan_pelatihan', words: ['2'], course: 2, reason: 'Pelatih sakit' },
      },
      {
        type: 'office',
        deed: { what: 'terima', words: ['Warga Contoh', 'Warga Lain'], course: 2, reason: undefined },
      },
      { type: 'office', deed: { ...none, what: 'tolak', words: ['Warga Contoh'], reason: 'Kuota penuh' } },
      { type: 'office', deed: { ...none, what: 'pindah', words: ['Aula 2'] } },
      { type: 'office', deed: { what: 'geser_hari', words: ['-7'], course: 3, reason: undefined } },
      { type: 'office', deed: { ...none, what: 'batal', words: ['Warga Lain'] } },
      { type: 'sends_code' },
    ])
  })

  it.each([
    ['{ kantor: { } }', /kantor: does nothing; one thing a line/],
    ['{ kantor: { pelatihan: 1 } }', /does nothing/],
    ['{ kantor: { terima: [A], tolak: [B] } }', /does terima and tolak; one thing a line/],
    ['{ kantor: { ulang: 1 } }', /ulang is nothing that an office does: umumkan/],
    ['{ kantor: { toString: 1 } }', /toString is nothing/],
    ['{ kantor: { umumkan: Menjahit } }', /umumkan takes a figure/],
    ['{ kantor: { geser_hari: seminggu } }', /geser_hari takes a figure/],
    ['{ kantor: { batal: [A, B] } }', /batal takes one/],
    ['{ kantor: { terima: [] } }', /kantor\.terima/],
    ['{ kantor: { terima: [A], pelatihan: dua } }', /pelatihan takes a figure/],
    ['{ kantor: umumkan }', /lines\.0\.kantor/],
    ['{ warga_kode: 123456 }', /lines\.0\.warga_kode/],
  ])('reports what is wrong with %j', (line, what) => {
    const parsed = parseLines(line)
    if (parsed.type === 'parsed') throw new Error('it was taken for sound')
    expect(parsed.problems.map((problem) => problem.what).join('\n')).toMatch(what)
  })
})

describe('checkReplies', () => {
  const replies = [
    { text: 'Selamat  datang.\nIni bot.' },
    {
      text: 'Apa yang bisa kami bantu?',
      options: [{ label: 'Cek' }, { label: 'Ikut' }, { label: 'Petugas' }],
    },
  ]
  const contains = (text: string) => ({ type: 'contains', text }) as const

  it('finds texts in order, whatever the spaces', () => {
    expect(checkReplies([contains('datang. Ini'), contains('bot.'), contains('bantu?')], replies)).toEqual([])
  })

  it('finds several texts in one message, but none before the last', () => {
    expect(checkReplies([contains('Ini'), contains('Selamat')], replies)).toHaveLength(1)
    expect(checkReplies([contains('bantu?'), contains('Ini bot')], replies)).toHaveLength(1)
  })

  it('wants the bot to say nothing where silence is expected', () => {
    expect(checkReplies([{ type: 'silence' }], [])).toEqual([])
    expect(checkReplies([{ type: 'silence' }], [{ text: 'Halo' }])).toEqual([
      'expected silence, but the bot said "Halo"',
    ])
  })

  it('compares a whole message', () => {
    expect(checkReplies([{ type: 'equals', text: 'Selamat datang. Ini bot.' }], replies)).toEqual([])
    expect(checkReplies([{ type: 'equals', text: 'Selamat datang.' }], replies)).toHaveLength(1)
  })

  it('finds options in order, perhaps among others', () => {
    expect(checkReplies([{ type: 'options', labels: ['Cek', 'Petugas'] }], replies)).toEqual([])
    expect(checkReplies([{ type: 'options', labels: ['Petugas', 'Cek'] }], replies)).toHaveLength(1)
  })

  it('says what was expected and what was said', () => {
    expect(checkReplies([contains('Dah')], [])).toEqual(['expected "Dah", but the bot said nothing'])
    expect(checkReplies([contains('Dah')], replies)[0]).toContain('[Cek, Ikut, Petugas]')
  })
})
