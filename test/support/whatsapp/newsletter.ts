import type { proto } from '@whiskeysockets/baileys'

/** A post as those see it who follow the newsletter. */
export interface NewsletterPost {
  readonly id: string
  /** The number that the server gave it. */
  readonly serverId: string
  readonly text: string | undefined
  readonly proto: proto.IMessage
  /** Its file, which is not sealed. Throws when there is none. */
  file(): Buffer
}

/** A newsletter, which WhatsApp calls a channel. */
export interface Newsletter {
  /** `…@newsletter` */
  readonly jid: string
  /** The number of the account that may post there. */
  readonly admin: string
  readonly posts: NewsletterPost[]
}
