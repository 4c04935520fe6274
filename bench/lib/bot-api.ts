import { z } from 'zod'
import { startBotApiServer } from '../../test/support/bot-api-server.ts'
import { serveParent } from './helper-process.ts'

// A loopback Bot API in a process of its own, so that its work is not counted as the bot's.

const options = z.object({
  perSecond: z.number().optional(),
  first: z.number(),
  people: z.number(),
})
const given = options.parse(JSON.parse(process.argv[2] ?? '{}'))
const { perSecond } = given
const server = await startBotApiServer(
  perSecond === undefined ? {} : { limits: { overall: perSecond, perChat: perSecond } },
)
const ids = Array.from({ length: given.people }, (_, at) => given.first + at)
for (const id of ids) server.world.chats.open(id)

/** When each broadcast came in, by the words it begins with. */
function arrivals(begin: string): readonly number[] {
  const times = ids.flatMap((id) =>
    server.world.chats.find(id).inbox.flatMap(({ text, at }) => (text.startsWith(begin) ? [at] : [])),
  )
  return times.toSorted((one, other) => one - other)
}

/** How many people got it once, and how many of those who got it at all did not. */
function countTold(begin: string): { readonly once: number; readonly others: number } {
  const counts = ids.map(
    (id) => server.world.chats.find(id).inbox.filter(({ text }) => text.startsWith(begin)).length,
  )
  return {
    once: counts.filter((count) => count === 1).length,
    others: counts.filter((count) => count > 1).length,
  }
}

/** A person who writes the same again and again, each time once the answer is there. Answers the times they waited, in milliseconds. */
async function talk({ id, words, answer, seconds, everyMs }: Talk): Promise<readonly number[]> {
  const person = server.person(id)
  const until = performance.now() + seconds * 1_000
  const waited: number[] = []
  while (performance.now() < until) {
    const before = person.inbox.length
    const begun = performance.now()
    person.say(words)
    await server.until(
      () => person.inbox.slice(before).some(({ text }) => text.includes(answer)),
      'the answer',
      30_000,
    )
    waited.push(performance.now() - begun)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  return waited
}

const talkShape = z.object({
  id: z.number(),
  words: z.string(),
  answer: z.string(),
  seconds: z.number(),
  everyMs: z.number(),
})
type Talk = z.infer<typeof talkShape>

serveParent({
  where: async () => ({ apiRoot: server.apiRoot, token: server.token }),
  arrivals: async (begin) => arrivals(z.string().parse(begin)),
  told: async (begin) => countTold(z.string().parse(begin)),
  // What was asked for and reached nobody.
  refused: async () =>
    ids.reduce((left, id) => left - server.world.chats.find(id).inbox.length, server.count('sendMessage')),
  talk: async (what) => talk(talkShape.parse(what)),
})
