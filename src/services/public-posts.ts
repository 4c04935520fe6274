import { setTimeout as wait } from 'node:timers/promises'
import type { App } from '../app.ts'
import { outgoing } from '../app-broadcasts.ts'
import type { BroadcastChannel } from '../broadcast/broadcast-channels.ts'
import type { Posted } from '../broadcast/sending/post-publicly.ts'
import { type PostingChannel, SendError } from '../channels/channel.ts'

const pauseMs = 2_000

/** Posts at the channel's public place what is to be posted there, until it is left. Only for the process that has the channel. */
export function startPublicPosts(
  app: App,
  channel: PostingChannel,
  name: BroadcastChannel,
): () => Promise<void> {
  const place = app.config.broadcast.places[name]
  if (place === undefined) return async () => undefined
  const leaving = new AbortController()
  const done = keepPosting(app, { channel, name, place }, leaving.signal)
  return async () => {
    leaving.abort()
    await done
  }
}

async function keepPosting(
  app: App,
  {
    channel,
    name,
    place,
  }: { readonly channel: PostingChannel; readonly name: BroadcastChannel; readonly place: string },
  signal: AbortSignal,
): Promise<void> {
  const { posting } = app.broadcasting
  const { log } = app
  const report = (error: unknown) => log.error({ err: error }, 'a public post could not be looked after now')
  await posting.abandon(name).catch(report)
  while (!signal.aborted) {
    const posted = await posting
      .next(name, (message, token) => post(app, { channel, place }, outgoing(message), token))
      .catch(report)
    if (posted === undefined || posted.type === 'too_early')
      await wait(pauseMs, undefined, { signal }).catch(() => undefined)
    else log.info({ outcome: posted.type, channel: name }, 'a broadcast was posted publicly')
  }
}

async function post(
  { conversation }: App,
  { channel, place }: { readonly channel: PostingChannel; readonly place: string },
  message: Parameters<PostingChannel['post']>[1],
  token: string,
): Promise<Posted> {
  try {
    const { externalId } = await channel.post(place, message, { token, purpose: 'broadcast' })
    return { type: 'sent', externalId }
  } catch (error) {
    if (!(error instanceof SendError) || error.kind === 'unknown') return { type: 'unknown' }
    if (error.kind === 'restricted') conversation.heedWarning(channel, error.kind)
    return error.retryable ? { type: 'too_early' } : { type: 'failed', failure: error.kind }
  }
}
