import { z } from 'zod'
import type { Keyring } from '../../storage/keyring.ts'

/**
 * Searches as they may stand in addresses. Whoever looks for a resident types a name: that belongs in no history, log of a
 * proxy or link that is passed on.
 */
export interface SealedSearch {
  /** A word for an address, of what this viewer looks for. */
  seal(viewerId: string, asked: string): string
  /** What is looked for; undefined when the word is none, another's, or sealed with a key that is gone. */
  open(viewerId: string, word: string | undefined): string | undefined
}

const longestWord = 4_000
const shape = z.tuple([z.string(), z.string(), z.string()])

/** Makes it for one area of the desk: what is sealed for one says nothing in another. */
export function createSealedSearch(secrets: Pick<Keyring, 'seal' | 'open'>, area: string): SealedSearch {
  return {
    seal: (viewerId, asked) =>
      Buffer.from(secrets.seal(JSON.stringify([area, viewerId, asked]))).toString('base64url'),
    open(viewerId, word) {
      if (word === undefined || word === '' || word.length > longestWord) return undefined
      try {
        const [forArea, by, asked] = shape.parse(JSON.parse(secrets.open(Buffer.from(word, 'base64url'))))
        return forArea === area && by === viewerId ? asked : undefined
      } catch {
        return undefined
      }
    },
  }
}

/** A row id, or a keyed hash: digits in a row mean nothing in it. */
const ids = /(?<![\p{L}\p{Nd}])(?=[\d-]*[a-f])[0-9a-f-]{32,64}(?![\p{L}\p{Nd}])/giu
const longNumber = /\p{Nd}(?:[\s.\-‐-―_/()\p{Cf}]{0,3}\p{Nd}){9,}/u

/** Whether a NIK, KK or phone number may stand in it: such are not looked for here, and never repeated. */
export function holdsLongNumber(text: string): boolean {
  return longNumber.test(text.normalize('NFKC').replaceAll(ids, ''))
}
