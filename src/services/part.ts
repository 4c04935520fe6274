/** A part of a running process. */
export interface Part {
  /** Lines that tell a person where to go. */
  readonly greeting?: readonly string[]
  stop(): Promise<void>
}
