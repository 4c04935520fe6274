import { z } from 'zod'
import { type HelperProcess, startHelper } from './helper-process.ts'

const world = z.object({ url: z.string(), rootKey: z.string(), creds: z.string(), jids: z.array(z.string()) })
const nothing = z.unknown()
const conversed = z.object({ milliseconds: z.number(), latencies: z.array(z.number()) })
const burst = z.object({ milliseconds: z.number(), writtenMs: z.number() })
const report = z.object({
  ...{ lost: z.number(), wrong: z.number(), outstanding: z.number() },
  errors: z.array(z.string()),
  people: z.array(
    z.object({
      ...{ jid: z.string(), said: z.array(z.string()), heard: z.array(z.string()) },
      ...{ repeated: z.number(), unread: z.number() },
    }),
  ),
})

/** Where the loopback WhatsApp is, the linked account's secrets as JSON, and the people's JIDs. */
export type PhoneWorld = z.infer<typeof world>

/** What went through the phones: ids in order, and what should not have happened. */
export type PhoneReport = z.infer<typeof report>

/** A loopback WhatsApp with people, in a process of its own. */
export interface Phones {
  world(): Promise<PhoneWorld>
  /** Every person says one thing and waits for so many answers. */
  greet(text: string, answers: number): Promise<void>
  /** So many people play the dialogue, everybody by default, waiting for each answer. Times in milliseconds, from sending to reading the answer. */
  converse(each: number, people?: number): Promise<z.infer<typeof conversed>>
  /** Everybody writes without waiting: when all was written, and when the last answer was read. Milliseconds. */
  burst(each: number): Promise<z.infer<typeof burst>>
  /** Waits until everybody has read so many numbered messages. */
  listen(each: number): Promise<void>
  report(): Promise<PhoneReport>
  end(): Promise<void>
}

/** Starts it. */
export function startPhones(people: number): Phones {
  const helper: HelperProcess = startHelper(new URL('./whatsapp-phones.ts', import.meta.url), { people })
  return {
    world: () => helper.ask('world', world),
    greet: async (text, answers) => void (await helper.ask('greet', nothing, { text, answers })),
    converse: (each, among = people) => helper.ask('converse', conversed, { each, people: among }),
    burst: (each) => helper.ask('burst', burst, { each }),
    listen: async (each) => void (await helper.ask('listen', nothing, { each })),
    report: () => helper.ask('report', report),
    async end() {
      // It may be gone already: that was told to whoever asked it last.
      await helper.ask('leave', nothing).catch(() => undefined)
      await helper.end()
    },
  }
}
