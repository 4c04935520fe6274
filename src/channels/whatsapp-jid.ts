const jidShape = /^(\d{1,20})(?:_\d+)?(?::\d+)?@([a-z.]+)$/

/** By which server a person is named: the names of hosted businesses are theirs too. */
const servers: Readonly<Record<string, string>> = {
  lid: 'lid',
  'hosted.lid': 'lid',
  's.whatsapp.net': 's.whatsapp.net',
  'c.us': 's.whatsapp.net',
  hosted: 's.whatsapp.net',
}

/** Numbers by which WhatsApp itself writes, and its bots: what answers them talks to a machine. */
const machines = /^(?:0|16505361212|1313555\d{4}|131655500\d{2})@s\.whatsapp\.net$/

/** A person's id without the device that a message came from; undefined for groups, channels, bots and all else. */
export function personJid(jid: string | null | undefined): string | undefined {
  const [, user, server = ''] = jidShape.exec(jid ?? '') ?? []
  const home = Object.hasOwn(servers, server) ? servers[server] : undefined
  if (user === undefined || home === undefined) return undefined
  const person = `${user}@${home}`
  return machines.test(person) ? undefined : person
}

/** Whether two ids of a person are of different kinds: one that hides the phone number, and one that is it. */
export function areOfTwoKinds(one: string, other: string): boolean {
  return one.endsWith('@lid') !== other.endsWith('@lid')
}
