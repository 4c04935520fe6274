import type { Officer } from '../staff/officer.ts'
import type { Audience, AudienceCount } from './audience.ts'
import type {
  Broadcast,
  BroadcastPlan,
  BroadcastState,
  Figures,
  RecipientState,
  Source,
} from './broadcast.ts'
import type { BroadcastChannel } from './broadcast-channels.ts'

/** What is wrong with a plan, at a field of it such as `buttons.0.words`. */
export interface PlanProblem {
  readonly at: string
  readonly what:
    | 'missing'
    | 'too_long'
    /** A variable that is not known; `detail` names it. */
    | 'unknown_variable'
    /** Its words open no flow. */
    | 'opens_nothing'
    | 'in_the_past'
    /** It ends before it begins, or within the hour. */
    | 'ends_before'
    /** In the quiet hours: it would wait until morning. */
    | 'quiet_hours'
    | 'unknown_topic'
    /** Those who subscribed to it are another office's to write to; `detail` is what it is called. */
    | 'not_your_topic'
    | 'unknown_place'
    | 'unknown_course'
    | 'unknown_broadcast'
    /** What it tells of may not be shown any more; `detail` names it. */
    | 'withdrawn'
    /** Something in the text is a NIK, a KK or a phone number of a person. */
    | 'private_number'
    | 'wrong'
  readonly detail?: string
}

export type BroadcastRefusal =
  | { readonly type: 'unknown' }
  /** A colleague changed it since it was read. */
  | { readonly type: 'moved' }
  /** Not from the state it is in. */
  | { readonly type: 'state'; readonly state: BroadcastState }
  | { readonly type: 'problems'; readonly problems: readonly PlanProblem[] }
  /** Whoever ever wrote, changed or proposed it may not approve it, nor may whoever types at the machine. */
  | { readonly type: 'same_person' }
  /** Nobody would be told. */
  | { readonly type: 'nobody' }
  | { readonly type: 'not_allowed' }
  | { readonly type: 'reason' }

type Done = { readonly type: 'done' }

export interface BroadcastLine {
  readonly broadcast: Broadcast
  readonly figures: Figures | undefined
}

/** What an officer may do with it now, of what they see as buttons. */
export type BroadcastMove =
  | 'edit'
  | 'propose'
  | 'approve'
  | 'send_back'
  | 'send'
  | 'pause'
  | 'resume'
  | 'go_on'
  | 'cancel'
  | 'remove'

/** What somebody did with it: `create`, `edit`, `send_back` and so on. `by` is empty where it was the program. */
export interface BroadcastChange {
  readonly at: Date
  readonly by: string
  readonly what: string
  /** Why, where whoever did it said so. */
  readonly reason?: string | undefined
}

export interface BroadcastView extends BroadcastLine {
  readonly moves: readonly BroadcastMove[]
  /** Whether a second person has to approve it: it reaches more than the threshold, with what the viewer sent alone within a day. */
  readonly needsApproval: boolean
  /** To how many people the viewer sent without a second person within a day. */
  readonly sentAlone: number
  readonly posts: readonly {
    readonly channel: BroadcastChannel
    readonly state: 'waiting' | 'queued' | 'sent' | 'failed' | 'unknown'
    readonly at: Date | undefined
  }[]
  /** The first first. */
  readonly changes: readonly BroadcastChange[]
}

/** One recipient, as an export or a person's history has them. */
export interface RecipientLine {
  readonly id: bigint
  readonly broadcast: number
  readonly title: string
  readonly channel: BroadcastChannel
  readonly masked: string
  readonly state: RecipientState
  readonly reason: string | undefined
  readonly at: Date | undefined
  readonly deliveredAt: Date | undefined
  readonly readAt: Date | undefined
}

export interface RecipientPage {
  readonly lines: readonly RecipientLine[]
  readonly next: bigint | undefined
}

/** How a message looks on a channel: what is sent, one after the other, and the buttons below the last. */
export interface Preview {
  readonly channel: BroadcastChannel
  readonly parts: readonly { readonly text: string; readonly media: string | undefined }[]
  readonly buttons: readonly string[]
}

/** A chat in which an officer has broadcasts shown. */
export interface TesterChat {
  readonly chatId: bigint
  readonly channel: string
  readonly masked: string
  /** When one was shown there last. */
  readonly at: Date
}

export interface SavedAudience {
  readonly id: bigint
  readonly name: string
  readonly audience: Audience
}

/** What officers do with broadcasts. Everything done, and every list of people looked at, is in the trail. */
export interface BroadcastDesk {
  /** Those that are not over first, then the newest; at most 200. */
  list(viewer: Officer, filter?: { readonly over?: boolean }): Promise<readonly BroadcastLine[]>
  read(viewer: Officer, number: number): Promise<BroadcastView | undefined>
  figures(number: number): Promise<Figures | undefined>
  /** A plan with what a course, a product or a digest gives: text, buttons, topics. */
  draftFrom(viewer: Officer, source: Source): Promise<BroadcastPlan | undefined>
  check(plan: BroadcastPlan): Promise<readonly PlanProblem[]>
  create(
    viewer: Officer,
    plan: BroadcastPlan,
  ): Promise<(Done & { readonly number: number }) | BroadcastRefusal>
  /** Takes a proposal back: it has to be proposed again. */
  edit(
    viewer: Officer,
    number: number,
    plan: BroadcastPlan,
    version: number,
  ): Promise<Done | BroadcastRefusal>
  copy(viewer: Officer, number: number): Promise<(Done & { readonly number: number }) | BroadcastRefusal>
  remove(viewer: Officer, number: number): Promise<Done | BroadcastRefusal>
  /** Whether the file goes along with a broadcast: then all officers may see it. */
  usesFile(id: string): Promise<boolean>
  count(viewer: Officer, audience: Audience): Promise<AudienceCount>
  preview(plan: BroadcastPlan): readonly Preview[]
  /** How it looks at the public places that it is posted to. */
  previewPosts(plan: BroadcastPlan): readonly Preview[]
  /** Asks a second person; above the threshold only. */
  propose(viewer: Officer, number: number, version: number): Promise<Done | BroadcastRefusal>
  /** Freezes the audience: by a second person, or by whoever wrote it (`send`) up to the threshold in all within a day. */
  approve(viewer: Officer, number: number, version: number): Promise<Done | BroadcastRefusal>
  sendBack(viewer: Officer, number: number, reason: string): Promise<Done | BroadcastRefusal>
  pause(viewer: Officer, number: number): Promise<Done | BroadcastRefusal>
  resume(viewer: Officer, number: number): Promise<Done | BroadcastRefusal>
  /** Does not wait for the signs of the first few any longer. */
  goOn(viewer: Officer, number: number): Promise<Done | BroadcastRefusal>
  cancel(viewer: Officer, number: number): Promise<(Done & { readonly dropped: number }) | BroadcastRefusal>
  /** A code that shows the broadcast in the chat where it is written, for a quarter of an hour: `uji 123456`. */
  testCode(
    viewer: Officer,
    number: number,
  ): Promise<{ readonly code: string; readonly until: Date } | undefined>
  /** Shows it in the chats where this officer had one shown before; in how many. */
  test(viewer: Officer, number: number): Promise<number | undefined>
  /** The officer's own chats for it, the one used last first. */
  testers(viewer: Officer): Promise<readonly TesterChat[]>
  /** Shows nothing there any more unless a code is written there again. */
  forgetTester(viewer: Officer, chatId: bigint): Promise<void>
  /** Some recipients after an id, masked; `next`: the id after which there are more. Undefined: not to be seen. */
  recipientPage(
    viewer: Officer,
    number: number,
    given: { readonly after: bigint; readonly limit: number; readonly state?: RecipientState | undefined },
  ): Promise<RecipientPage | undefined>
  /** Every recipient, masked, in batches: an export. */
  recipients(viewer: Officer, number: number): AsyncIterable<readonly RecipientLine[]>
  /** What the person of this recipient was sent by all broadcasts that are kept, the newest first. */
  history(viewer: Officer, recipientId: bigint): Promise<readonly RecipientLine[] | undefined>
  audiences(): Promise<readonly SavedAudience[]>
  saveAudience(viewer: Officer, name: string, audience: Audience): Promise<Done | { readonly type: 'name' }>
  removeAudience(viewer: Officer, id: bigint): Promise<void>
}
