import type { Talker } from './talkers.ts'
import type { Person } from './whatsapp/person.ts'

const patience = 20_000

/** A person on WhatsApp, whose bot talks to the loopback server. */
export function talkOnWhatsApp(person: Person): Talker {
  let heard = 0
  return {
    async say(text, until) {
      const before = heard
      await person.say(text)
      const answer = () =>
        person.inbox
          .slice(before)
          .map(({ text: said }) => said)
          .join('\n\n')
      await person.waitForMessage(() => answer().includes(until), patience)
      heard = person.inbox.length
      return answer()
    },
    leave: async () => undefined,
  }
}
