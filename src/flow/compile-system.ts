import type { Courtesies, System, Word } from './flow-set.ts'
import type { SystemFile } from './system-file.ts'
import { parseTemplate, type Template } from './template.ts'

/** How names are resolved while a file is compiled. */
export interface Compiling {
  readonly resolve: (target: string, flow: string) => string
  readonly fold: (text: string) => string
}

/** Makes the texts, words and commands outside any flow ready to use. */
export function compileSystem(file: SystemFile, { resolve, fold }: Compiling): System {
  const { unreadable, ...texts } = file.texts
  const word = (from: SystemFile['words']['yes']): Word => ({
    label: from.label,
    hint: from.hint,
    words: new Set([from.label, ...from.words].map(fold)),
  })
  const { menu, petugas, berhenti, cek_bot } = file.commands
  return {
    notice: file.notice,
    texts,
    templates: {
      confirm_value: parseTemplate(texts.confirm_value),
      confirm_intent: parseTemplate(texts.confirm_intent),
    },
    unreadable,
    expects: file.expects,
    help: file.expects_help,
    problems: problemTemplates(file.problems),
    words: {
      yes: word(file.words.yes),
      no: word(file.words.no),
      more: word(file.words.more),
      previous: word(file.words.previous),
      person: word(file.words.person),
      skip: word(file.words.skip),
      go_on: word(file.words.go_on),
      again: word(file.words.again),
      menu: word(file.words.menu),
      unknown: word(file.words.unknown),
      done: word(file.words.done),
      add: word(file.words.add),
      resume: word(file.words.resume),
    },
    courtesies: compileCourtesies(file.courtesies, fold),
    goesTo: {
      menu: resolve(menu.goes_to, ''),
      petugas: resolve(petugas.goes_to, ''),
      berhenti: resolve(berhenti.goes_to, ''),
      cek_bot: resolve(cek_bot.goes_to, ''),
    },
  }
}

function problemTemplates(texts: SystemFile['problems']): Record<string, Template> {
  return Object.fromEntries(Object.entries(texts).map(([code, text]) => [code, parseTemplate(text)]))
}

function compileCourtesies({ beside, kinds }: SystemFile['courtesies'], fold: Compiling['fold']): Courtesies {
  const all = Object.values(kinds)
  const phrases = new Map(
    all.flatMap(({ words }, index) => words.map((word) => [fold(word), index] as const)),
  )
  return {
    beside: new Set(beside.map(fold)),
    phrases,
    longest: Math.max(0, ...[...phrases.keys()].map((phrase) => phrase.split(' ').length)),
    kinds: all.map(({ reply, menu }) => ({ reply, opensMenu: menu })),
  }
}
