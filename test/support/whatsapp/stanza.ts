import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren } from '@whiskeysockets/baileys'

/** Builds a stanza; attributes that are undefined are left out. */
export function stanza(
  tag: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  content?: BinaryNode[] | Uint8Array,
): BinaryNode {
  const attrs: Record<string, string> = {}
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) attrs[name] = value
  return { tag, attrs, ...(content !== undefined && { content }) }
}

/** The first child of this tag. */
export const child = (node: BinaryNode | undefined, tag: string): BinaryNode | undefined =>
  getBinaryNodeChild(node, tag)

/** Every child of this tag. */
export const children = (node: BinaryNode | undefined, tag: string): BinaryNode[] =>
  getBinaryNodeChildren(node, tag)

/** The bytes a node carries; throws when it carries none. */
export function bytesOf(node: BinaryNode | undefined): Buffer {
  const content = node?.content
  if (!(content instanceof Uint8Array)) throw new Error(`no bytes in <${node?.tag ?? 'nothing'}>`)
  return Buffer.from(content)
}

/** The bytes of the first child of this tag; throws when there are none. */
export const childBytes = (node: BinaryNode | undefined, tag: string): Buffer => bytesOf(child(node, tag))

/** The big-endian number in the first child of this tag. */
export function childNumber(node: BinaryNode | undefined, tag: string): number {
  const bytes = childBytes(node, tag)
  return bytes.readUIntBE(0, bytes.length)
}

/** Throws with `what` when a value that the protocol promises is not there. */
export function need<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`missing: ${what}`)
  return value
}

/** The time as stanzas tell it: whole seconds as digits. */
export const secondsOf = (milliseconds: number): string => String(Math.floor(milliseconds / 1_000))
