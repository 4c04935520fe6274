import type { z } from 'zod'

/** What one cell of a value may be. Dates are ISO strings (`2023-02-01`): a text writes them out. */
export type Scalar = string | number | boolean | null

/** One row of a list value, such as one programme or one product. */
export type Row = Readonly<Record<string, Scalar>>

/** What a flow keeps under a name: a scalar or a list of rows. Always plain JSON. */
export type Value = Scalar | readonly Row[]

export type Values = Readonly<Record<string, Value>>

/** What a flow may rely on: the inputs an action takes, and the values that each outcome sets. */
export interface ActionContract {
  readonly inputs: z.ZodObject
  readonly outcomes: Readonly<Record<string, z.ZodObject>>
}

/** Who asks, when, and the database transaction in which the action must write. */
export interface ActionContext<Transaction> {
  readonly transaction: Transaction
  readonly contactId: string
  readonly chatId: string
  readonly channel: string
  readonly now: Date
}

export interface ActionResult {
  readonly outcome: string
  readonly values: Values
}

/** An action: what it promises, and how it is done. `input` has passed `contract.inputs`. */
export interface Action<Transaction> {
  readonly contract: ActionContract
  run(input: Values, context: ActionContext<Transaction>): Promise<ActionResult>
}

export type Actions<Transaction> = Readonly<Record<string, Action<Transaction>>>
