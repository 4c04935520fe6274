import type { Language } from '../language/language.ts'
import type { Scalar, Values } from './action.ts'
import type { sentKinds, typedKinds } from './flow-file.ts'
import type { CommandName, SystemFile } from './system-file.ts'
import type { Lines, Template, Write } from './template.ts'

/** What flows need to understand people: the places are read by the language alone. */
export type FlowLanguage = Omit<Language, 'places' | 'words' | 'dialectOf'>

/** What an `ask` expects. */
export type AskKind = (typeof typedKinds)[number] | (typeof sentKinds)[number]

interface Placed {
  readonly id: string
  readonly flow: string
  /** `flow/step`, the name by which every other step refers to this one. */
  readonly path: string
}

/** A text as it is ready to be written. */
export interface Spoken {
  readonly text: Template
  readonly lines: Lines
}

/** A text with pictures, where a value names some. */
interface Pictured extends Spoken {
  /** The name of a text with their ids, parted by spaces. */
  readonly picture: string | undefined
}

interface SayStep extends Placed, Pictured {
  readonly kind: 'say'
  readonly next: string
}

/** A question; the answer is kept under `save`, and as it is shown under `<save>_label`. */
export interface AskStep extends Placed, Pictured {
  readonly kind: 'ask'
  readonly as: AskKind
  readonly save: string
  readonly secret: boolean
  readonly optional: boolean
  readonly extra: boolean
  /** The name for the media id of a photo or document that answers with its words; a typed answer leaves it empty. */
  readonly photo: string | undefined
  /** A lone figure is an answer, and no slip for a menu. */
  readonly figures: boolean
  readonly invalid: Template | undefined
  /** Paths by the problem that leads there. */
  readonly problems: ReadonlyMap<string, string>
  readonly next: string
}

/** A key that answers a question: typed as it is, or sent by a button. */
export interface Pick {
  readonly key: string
  readonly label: string
  readonly hint?: string | undefined
}

interface ChooseOption {
  readonly label: string
  readonly to: string
  readonly save: Values
}

/** Where a text leads that is none of the choices; what clearly wants a step in `own`, or with `isOwn` any of the flow, leads there too. */
export interface Otherwise {
  readonly save: string
  readonly to: string
  readonly isOwn: boolean
  readonly own: ReadonlySet<string>
}

/** A choice between options that the flow names. */
export interface ChooseStep extends Placed, Pictured {
  readonly kind: 'choose'
  readonly options: readonly ChooseOption[]
  readonly labels: readonly string[]
  readonly picks: readonly Pick[]
  /** The numbered list that follows the question. */
  readonly list: string
  readonly otherwise: Otherwise | undefined
  /** The options that say yes and no, where the question has both. */
  readonly yesNo: { readonly yes: string; readonly no: string } | undefined
  /** The words of the options, each with the key it stands for. */
  readonly words: readonly (readonly [word: string, key: string])[]
  /** Normalised labels and words, each with the key it stands for. */
  readonly exact: ReadonlyMap<string, string>
}

/** A choice between the rows of a list that an action set, shown page by page. */
export interface ChooseRowStep extends Placed, Pictured {
  readonly kind: 'choose_row'
  readonly from: string
  readonly label: Template
  /** The field of a row that holds other words for it, parted by commas. */
  readonly words: string | undefined
  /** Pairs of the name to save under and the field of the row. */
  readonly save: readonly (readonly [name: string, field: string])[]
  readonly next: string
  readonly empty: string
  readonly page: number
  readonly otherwise: Otherwise | undefined
}

/** Where an action's input comes from: a value of the session, or the flow itself. */
type InputSource = { readonly name: string } | { readonly literal: Scalar }

/** A call of an action; each of its outcomes leads to a path. */
export interface DoStep extends Placed {
  readonly kind: 'do'
  readonly action: string
  readonly inputs: readonly (readonly [key: string, source: InputSource])[]
  readonly outcomes: ReadonlyMap<string, string>
}

interface HandoffStep extends Placed {
  readonly kind: 'handoff'
  readonly office: string
  readonly spoken: Spoken | undefined
  readonly next: string | undefined
}

interface EndStep extends Placed {
  readonly kind: 'end'
  readonly spoken: Spoken | undefined
}

/** A step as the engine runs it: texts are split, targets are whole paths. */
export type Step = SayStep | AskStep | ChooseStep | ChooseRowStep | DoStep | HandoffStep | EndStep

/** One flow. `hash` changes with its content, not with comments. */
export interface Flow {
  readonly name: string
  readonly title: string
  readonly hash: string
  /** The path of its first step. */
  readonly start: string
  readonly steps: ReadonlyMap<string, Step>
}

/** A word that is offered and understood everywhere; `words` are normalised. */
export interface Word {
  readonly label: string
  readonly hint: string | undefined
  readonly words: ReadonlySet<string>
}

/** Greetings and thanks, by their normalised phrases. */
export interface Courtesies {
  readonly beside: ReadonlySet<string>
  /** Each phrase with the place of its kind in `kinds`. */
  readonly phrases: ReadonlyMap<string, number>
  readonly longest: number
  readonly kinds: readonly { readonly reply: string; readonly opensMenu: boolean }[]
}

/** The name of a text outside any flow. */
export type SystemText = Exclude<keyof SystemFile['texts'], 'unreadable'>

/** Texts, words and commands outside any flow. */
export interface System {
  readonly notice: { readonly version: string; readonly text: string }
  readonly texts: Readonly<Record<SystemText, string>>
  /** Texts that speak of a value: they are split like the texts of a step. */
  readonly templates: Readonly<Record<'confirm_value' | 'confirm_intent', Template>>
  readonly unreadable: Readonly<Record<string, string>>
  readonly expects: Readonly<Record<AskKind | 'choose', string>>
  readonly help: Readonly<Partial<Record<AskKind, string>>>
  readonly problems: Readonly<Record<string, Template>>
  readonly words: Readonly<Record<keyof SystemFile['words'], Word>>
  readonly courtesies: Courtesies
  readonly goesTo: Readonly<Record<'menu' | 'petugas' | 'berhenti' | 'cek_bot', string>>
}

/** Where an intent leads. */
export interface Intent {
  readonly to: string
  /** What it does, in words for the person. */
  readonly title: string
  /** Whether the person is asked before it is followed. */
  readonly sure: boolean
  /** Where a sentence of so many words leads instead, with the sentence. */
  readonly told: { readonly to: string; readonly words: number } | undefined
}

/** Every flow, checked and ready to run. Normalised words lead to commands, flows and intents. */
export interface FlowSet {
  readonly flows: ReadonlyMap<string, Flow>
  readonly steps: ReadonlyMap<string, Step>
  readonly system: System
  readonly commands: ReadonlyMap<string, CommandName>
  readonly opens: ReadonlyMap<string, string>
  /** Words that lead to a path when a number follows. */
  readonly numbered: ReadonlyMap<string, string>
  readonly intents: ReadonlyMap<string, Intent>
  readonly topics: ReadonlyMap<string, Intent>
  /** By step path: the names that every way there has set. */
  readonly given: ReadonlyMap<string, readonly string[]>
  readonly language: FlowLanguage
  readonly write: Write
}
