import type { App } from '../app.ts'
import type { Channel } from '../channels/channel.ts'

/** Starts a channel, so that what comes in is received and what is due goes out. */
export async function runChannel(app: App, channel: Channel): Promise<() => Promise<void>> {
  await channel.start(app.conversation.receive)
  const detach = attachChannel(app, channel)
  return async () => {
    try {
      await channel.stop()
    } finally {
      await detach()
    }
  }
}

/** From now on this process sends on the channel, until it is left: that waits for no other channel. */
export function attachChannel({ conversation }: App, channel: Channel): () => Promise<void> {
  conversation.attach(channel)
  return () => conversation.detach(channel)
}
