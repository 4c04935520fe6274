import type { HtmlEscapedString } from 'hono/utils/html'
import type { Logger } from 'pino'
import type { Address, Media } from './channel.ts'
import type { HistoryEntry, ShownEntry } from './webchat-history.ts'
import type { Pace } from './webchat-pace.ts'
import type { ReaderPatience } from './webchat-reader.ts'
import type { RefusalTexts } from './webchat-refusal.ts'
import type { VisitorSecrets } from './webchat-visitor.ts'

/** What the page at /chat shows. */
interface ChatView {
  readonly entries: readonly ShownEntry[]
  /** A sentence about something that went wrong just now. */
  readonly notice?: string
}

/** A picture with its content. */
export interface MediaFile {
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Where pictures are kept. */
interface WebChatMedia {
  /** `too_much`: the visitor has sent their share for today. */
  save(file: MediaFile, owner: Address): Promise<Media | 'too_much'>
  read(id: string): Promise<(MediaFile & { isOf(address: Address): boolean }) | undefined>
}

/** What a visitor may use up, and how long things may take (milliseconds). `OfIp`: by network, see `clientNetwork`. */
export interface WebChatLimits {
  readonly messagesOfVisitor: Pace
  readonly messagesOfIp: Pace
  readonly readingOfIp: Pace
  /** Visitors who never wrote before. */
  readonly newVisitorsOfIp: Pace
  readonly tabsOfVisitor: number
  readonly tabs: number
  readonly heartbeat: number
  readonly streamPatience: number
  readonly reader: ReaderPatience
}

/** What the web chat needs. `history` is in order: the last entries, or all after a message of the bot. */
export interface WebChatDeps {
  history(address: Address, afterId?: string): Promise<readonly HistoryEntry[]>
  readonly media: WebChatMedia
  /** What signs the visitors' cookies; left out, they are good until the process ends. */
  readonly secrets?: VisitorSecrets | undefined
  page(view: ChatView): HtmlEscapedString | Promise<HtmlEscapedString>
  readonly texts: RefusalTexts
  /** The address people use, such as `https://lopo.example`; without it the request's host counts. */
  readonly publicUrl?: string | undefined
  readonly limits?: Partial<WebChatLimits> | undefined
  readonly log: Logger
  /** Milliseconds since 1970: when something was said. */
  now?(): number
  /** Milliseconds, for the pace; goes on even where `now` stands still. */
  elapsed?(): number
}

/** Limits for a city of half a million. */
export const usualLimits: WebChatLimits = {
  messagesOfVisitor: { burst: 12, perSecond: 0.5 },
  // Many phones share one address of a mobile operator.
  messagesOfIp: { burst: 120, perSecond: 10 },
  readingOfIp: { burst: 240, perSecond: 20 },
  newVisitorsOfIp: { burst: 10, perSecond: 1 / 60 },
  tabsOfVisitor: 6,
  tabs: 5000,
  heartbeat: 20_000,
  streamPatience: 10_000,
  reader: { first: 3000, next: 400 },
}
