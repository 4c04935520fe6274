import type { FlowLanguage } from '../../src/flow/flow-set.ts'
import type { OptionMatch } from '../../src/language/match-option.ts'
import type { AnswerKind, Parsed } from '../../src/language/parsed.ts'
import type { Understood } from '../../src/language/understand.ts'

const intents: Readonly<Record<string, readonly string[]>> = {
  'saya mau bicara dengan orang': ['bicara_petugas'],
  'beta mau tau bantuan': ['cek_bansos'],
  'hapus semua data saya': ['hapus_data'],
  'bantuan atau pelatihan': ['cek_bansos', 'daftar_pelatihan'],
  'orang atau bantuan': ['bicara_petugas', 'cek_bansos'],
  'orang atau entah': ['bicara_petugas', 'entah'],
}

/** A language of a few words, so that the engine's tests say what is understood and what is not. */
export function fakeLanguage(): FlowLanguage {
  const labels = ['cek_bansos', 'daftar_pelatihan', 'bicara_petugas', 'hapus_data']
  return {
    intents: labels,
    topics: ['amounts'],
    normalise,
    understand,
    topicOf,
    matchOption,
    matchWords,
    parse,
  }
}

function normalise(text: string) {
  const tokens = text.toLowerCase().match(/[\p{L}\p{N}.,]+|[👍👎]/gu) ?? []
  return { text: tokens.join(' '), tokens }
}

function understand(text: string): Understood {
  const [intent = 'other', ...others] = (Object.hasOwn(intents, text) ? intents[text] : undefined) ?? []
  const decision = intent === 'other' ? 'none' : others.length > 0 ? 'ask' : 'act'
  const alternatives = others.map((label) => ({ intent: label, score: 0.5 }))
  return { text, intent, score: decision === 'act' ? 0.9 : 0.5, alternatives, decision }
}

function topicOf({ text }: Understood): string | undefined {
  return text === 'berapa uangnya' ? 'amounts' : undefined
}

function matchOption(text: string, labels: readonly string[]): OptionMatch {
  const typed = normalise(text).text
  const folded = labels.map((label) => normalise(label).text)
  const exact = folded.indexOf(typed)
  if (exact >= 0) return { type: 'one', index: exact }
  const indexes = folded.flatMap((label, index) =>
    typed.length > 2 && (label.includes(typed) || swapped(label).includes(typed)) ? [index] : [],
  )
  if (indexes.length === 1) return { type: 'one', index: indexes[0]! }
  return indexes.length === 0 ? { type: 'none' } : { type: 'several', indexes }
}

function matchWords(text: string, phrases: readonly string[]): readonly number[] {
  const said = normalise(text).tokens.filter((token) => token !== 'pak')
  return phrases.flatMap((phrase, index) => (said.join(' ') === normalise(phrase).text ? [index] : []))
}

/** Each way of swapping two neighbouring letters: the only slip that this language forgives. */
function swapped(word: string): string[] {
  return [...word].map((_, i) => word.slice(0, i) + (word[i + 1] ?? '') + (word[i] ?? '') + word.slice(i + 2))
}

const kelurahan: Readonly<Record<string, Parsed>> = {
  alak: {
    type: 'value',
    value: '5399011001',
    label: 'Alak',
    extra: { code: '5399011001', name: 'Alak', district: 'Alak' },
  },
  oesapa: {
    type: 'ambiguous',
    candidates: [
      { value: '5399021001', label: 'Oesapa' },
      { value: '5399021002', label: 'Oesapa Barat' },
    ],
  },
  lasina: { type: 'value', value: '5399021003', label: 'Lasiana', confirm: true },
}

function parse(kind: AnswerKind, text: string): Parsed {
  const typed = normalise(text).text
  switch (kind) {
    case 'text':
      return { type: 'value', value: text.trim() }
    case 'number':
    case 'price':
      return /^\d+$/.test(typed)
        ? { type: 'value', value: Number(typed) }
        : { type: 'problem', problem: 'number.unreadable', details: {} }
    case 'yes_no':
      if (typed === 'ya' || typed === '👍') return { type: 'value', value: true }
      return typed === 'tidak'
        ? { type: 'value', value: false }
        : { type: 'problem', problem: 'yes_no.unreadable', details: {} }
    case 'date': {
      const [, day, month, year] = /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(text.trim()) ?? []
      if (['5-6-80', '5 juni 80'].includes(text.trim())) {
        return {
          type: 'ambiguous',
          candidates: ['1980-06-05', '1980-05-06'].map((v) => ({ value: v, label: v })),
        }
      }
      return year === undefined
        ? { type: 'problem', problem: 'date.unreadable', details: { text } }
        : { type: 'value', value: `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` }
    }
    case 'kelurahan':
      return (
        (Object.hasOwn(kelurahan, typed) ? kelurahan[typed] : undefined) ?? {
          type: 'problem',
          problem: 'kelurahan.unknown',
          details: { near: 'Alak' },
        }
      )
    default:
      return /^\d{4}$/.test(typed)
        ? { type: 'value', value: typed }
        : { type: 'problem', problem: 'nik_tail.length', details: {} }
  }
}
