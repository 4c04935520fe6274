import type { Api } from 'grammy'
import type { Logger } from 'pino'
import type { BotApi } from './telegram-connection.ts'
import type { PollingDeps } from './telegram-polling.ts'
import { readUpdateTypes, telegramUpdate } from './telegram-update.ts'

/** The calls that polling makes to Telegram, their answers parsed. */
export function pollCalls(
  { poller, pollTimeout }: BotApi,
  log: Logger,
): Pick<PollingDeps, 'getUpdates' | 'confirm'> {
  return {
    async getUpdates(offset, signal) {
      const options = { offset, timeout: pollTimeout, allowed_updates: [...readUpdateTypes] }
      const updates = await poller.getUpdates(options, toGrammySignal(signal))
      return updates.map((update) => {
        const read = telegramUpdate.safeParse(update)
        if (!read.success) log.warn({ update: update.update_id }, 'a telegram update cannot be read')
        return { id: update.update_id, read: read.data }
      })
    },
    confirm: (offset) =>
      poller.getUpdates({ offset, limit: 1, timeout: 0 }, toGrammySignal(AbortSignal.timeout(3_000))),
  }
}

type GrammySignal = NonNullable<Parameters<Api['getUpdates']>[1]>

/** grammY takes any signal, but its types name those of a library for older platforms. */
function toGrammySignal(signal: AbortSignal): GrammySignal | undefined {
  return isGrammySignal(signal) ? signal : undefined
}

function isGrammySignal(signal: unknown): signal is GrammySignal {
  return signal instanceof AbortSignal
}
