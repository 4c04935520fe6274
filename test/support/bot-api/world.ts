import type { Changes } from './changes.ts'
import { type Chats, createChats } from './chats.ts'
import { createFileStore, type FileStore } from './file-store.ts'
import { createUpdateQueue, type UpdateQueue } from './update-queue.ts'
import { createWebhookSender, type WebhookSender } from './webhook-sender.ts'

/** Everything the server knows: what methods and simulated persons read and change. */
export interface World {
  readonly bot: Readonly<Record<string, unknown>> & { readonly id: number; readonly username: string }
  readonly chats: Chats
  readonly files: FileStore
  readonly queue: UpdateQueue
  readonly webhook: WebhookSender
  readonly changes: Changes
  /** Callback queries that were sent, and the text of the answer once the bot answered. */
  readonly callbacks: Map<string, string | undefined>
  commands: readonly unknown[]
  now(): number
  nextMessageId(): number
}

/** Builds the world of one bot, named by the number in front of its token. */
export function createWorld(deps: {
  token: string
  changes: Changes
  now: () => number
  webhookRetryMilliseconds: number
}): World {
  const queue = createUpdateQueue()
  let lastMessageId = 0
  return {
    bot: {
      id: Number(deps.token.split(':')[0]),
      is_bot: true,
      first_name: 'Lopo',
      username: 'lopo_bot',
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    },
    chats: createChats(deps.changes),
    files: createFileStore(),
    queue,
    webhook: createWebhookSender({
      queue,
      changes: deps.changes,
      retryMilliseconds: deps.webhookRetryMilliseconds,
    }),
    changes: deps.changes,
    callbacks: new Map(),
    commands: [],
    now: deps.now,
    nextMessageId() {
      lastMessageId += 1
      return lastMessageId
    },
  }
}
