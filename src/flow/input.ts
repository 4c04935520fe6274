import type { Values } from './action.ts'

/** What moves a session on: something a person sent, the outcome of an action, or the program opening a step. */
export type Input =
  | { readonly type: 'text'; readonly text: string; readonly now: Date }
  /**
   * A button: `value` is `<prompt>.<key>`, as the engine put it on a message; or words after `w:`, such as `w:daftar 12`, of a button
   * sent outside a session, which counts as the words.
   */
  | { readonly type: 'choice'; readonly value: string; readonly now: Date }
  | {
      readonly type: 'media'
      readonly mediaId: string
      readonly mediaType: 'photo' | 'document'
      readonly caption: string
      readonly now: Date
    }
  | { readonly type: 'location'; readonly latitude: number; readonly longitude: number; readonly now: Date }
  /** Something the bot cannot read, such as `voice`; an unknown kind is answered as `other`. */
  | { readonly type: 'unreadable'; readonly what: string; readonly now: Date }
  | { readonly type: 'outcome'; readonly outcome: string; readonly values: Values; readonly now: Date }
  /** The program opens a step, such as `bansos/start`; a form that was open before can be gone on with. */
  | { readonly type: 'open'; readonly to: string; readonly values?: Values; readonly now: Date }
