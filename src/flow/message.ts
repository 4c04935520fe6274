/** One option of a message. `value` comes back when its button is pressed; at most 60 bytes. */
export interface MessageOption {
  readonly label: string
  readonly value: string
}

/** One message to the person. Options are named in the text too, so a channel without buttons loses nothing. */
export interface Message {
  readonly text: string
  readonly options?: readonly MessageOption[]
  /** Ids of pictures that go with it, the text as the caption of the first. */
  readonly pictures?: readonly string[]
}
