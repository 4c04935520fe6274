import type { Database } from './database.ts'

/** Where a ticket is told in the staff group, and how far. */
export interface TicketTopic {
  readonly number: number
  /** The topic, in a group that has topics. */
  readonly threadId: number | undefined
  /** The message that the others reply to, in a group without. */
  readonly headId: number | undefined
  /** The last entry that was told; 0 for none. */
  readonly toldId: bigint
  /** Whether the topic was closed with the ticket. */
  readonly closed: boolean
}

/** A message in the group that belongs to a ticket. */
export interface TopicLine {
  readonly number: number
  /** The last entry that whoever reads it has seen; undefined where it shows none. */
  readonly entryId: bigint | undefined
}

/** What the staff group was told, in PostgreSQL. */
export interface TicketTopics {
  /** The group's chat id now: a group that grows into a supergroup gets another one. */
  chatId(): Promise<number>
  /** The group has another chat id from now on: what was told in the old one cannot be replied to any more. */
  follow(chatId: number): Promise<void>
  /** Tickets that are not told to the end, the urgent ones and those that wait longest first; at most fifty. */
  behind(): Promise<readonly number[]>
  find(number: number): Promise<TicketTopic | undefined>
  /** The ticket that is told in this topic. */
  numberOf(threadId: number): Promise<number | undefined>
  /** Gives a ticket its place, which is open; with `toldId` the entries after it are told there, again or at last. */
  place(
    number: number,
    place: { readonly threadId?: number | undefined; readonly headId?: number | undefined },
    toldId?: bigint,
  ): Promise<void>
  /** The ticket has no place any more. */
  unplace(number: number): Promise<void>
  /** The group took everything up to this entry, in these messages: whoever has read the last has seen the entry. */
  told(number: number, entryId: bigint, messageIds: readonly number[], at: Date): Promise<void>
  setClosed(number: number, closed: boolean): Promise<void>
  /** Undefined also for a message of which only an edit has come: by webhook it may come first. */
  line(messageId: number): Promise<TopicLine | undefined>
  /** Remembers a message of the group as the ticket's; `entryId`: the last entry that its reader has seen. */
  note(messageId: number, line: TopicLine, at: Date): Promise<void>
  /** The last entry that was told before this message; 0 for none. */
  seenBefore(number: number, messageId: number): Promise<bigint>
  /** Whether it is the first time that this message was edited. */
  noteEdit(messageId: number, number: number, at: Date): Promise<boolean>
}

/** What of a group is in the database; `group` is its chat id as it is configured. */
export async function openTicketTopics(deps: {
  readonly prisma: Database
  readonly group: number
  readonly now: () => Date
}): Promise<TicketTopics> {
  const { prisma, now } = deps
  const groupId = BigInt(deps.group)
  const id = { id: groupId }
  await prisma.staffGroup.upsert({
    where: id,
    create: { ...id, chatId: groupId, since: now() },
    update: {},
  })
  return {
    async chatId() {
      return Number((await prisma.staffGroup.findUniqueOrThrow({ where: id })).chatId)
    },
    async follow(chatId) {
      await prisma.$transaction([
        prisma.staffGroup.update({ where: id, data: { chatId } }),
        prisma.ticketTopic.updateMany({ where: { groupId }, data: { threadId: null, headId: null } }),
        prisma.ticketTopicLine.deleteMany({ where: { groupId } }),
      ])
    },
    behind: () => findBehind(prisma, groupId, now()),
    ...places(prisma, groupId),
    ...lines(prisma, groupId),
  }
}

const dayMs = 86_400_000
/** A ticket that was over for longer is looked at again only once it goes on. */
const lookedAtMs = 30 * dayMs

async function findBehind(prisma: Database, groupId: bigint, at: Date): Promise<readonly number[]> {
  const recently = new Date(at.getTime() - lookedAtMs)
  const rows = await prisma.$queryRaw<{ number: number }[]>`
    SELECT t.id::int AS number
    FROM staff_group g
    JOIN ticket t ON t.state NOT IN ('closed', 'merged') OR t.closed_at > ${recently}
    LEFT JOIN ticket_topic p ON p.group_id = g.id AND p.number = t.id
    LEFT JOIN LATERAL (
      SELECT e.id FROM ticket_entry e
      WHERE e.ticket_id = t.id AND e.id > coalesce(p.told_id, 0) ORDER BY e.id LIMIT 1
    ) untold ON true
    WHERE g.id = ${groupId}
      AND (
        untold.id IS NOT NULL AND (p.number IS NOT NULL OR t.closed_at IS NULL OR t.closed_at >= g.since)
        OR p.thread_id IS NOT NULL AND p.closed <> (t.state IN ('closed', 'merged'))
      )
    ORDER BY t.urgent DESC, untold.id NULLS LAST
    LIMIT 50`
  return rows.map(({ number }) => number)
}

type Places = Pick<TicketTopics, 'find' | 'numberOf' | 'place' | 'unplace' | 'told' | 'setClosed'>

function places(prisma: Database, groupId: bigint): Places {
  const one = (number: number) => ({ groupId_number: { groupId, number } })
  return {
    async find(number) {
      const row = await prisma.ticketTopic.findUnique({ where: one(number) })
      if (row === null) return undefined
      const { threadId, headId, toldId, closed } = row
      return { number, threadId: threadId ?? undefined, headId: headId ?? undefined, toldId, closed }
    },
    async numberOf(threadId) {
      const where = { groupId_threadId: { groupId, threadId } }
      return (await prisma.ticketTopic.findUnique({ where }))?.number
    },
    async place(number, { threadId, headId }, toldId) {
      const data = {
        threadId: threadId ?? null,
        headId: headId ?? null,
        closed: false,
        ...(toldId !== undefined && { toldId }),
      }
      await prisma.ticketTopic.upsert({
        where: one(number),
        create: { groupId, number, ...data },
        update: data,
      })
    },
    async unplace(number) {
      const data = { threadId: null, headId: null }
      await prisma.ticketTopic.updateMany({ where: { groupId, number }, data })
    },
    async told(number, entryId, messageIds, at) {
      const where = { groupId, number, toldId: { lt: entryId } }
      await prisma.$transaction([
        prisma.ticketTopicLine.createMany({
          data: messageIds.map((messageId, index) => {
            const isLast = index === messageIds.length - 1
            return { groupId, messageId, number, entryId: isLast ? entryId : null, at }
          }),
          skipDuplicates: true,
        }),
        prisma.ticketTopic.updateMany({ where, data: { toldId: entryId } }),
      ])
    },
    async setClosed(number, closed) {
      await prisma.ticketTopic.updateMany({ where: { groupId, number }, data: { closed } })
    },
  }
}

function lines(
  prisma: Database,
  groupId: bigint,
): Pick<TicketTopics, 'line' | 'note' | 'seenBefore' | 'noteEdit'> {
  const one = (messageId: number) => ({ groupId_messageId: { groupId, messageId } })
  return {
    async line(messageId) {
      const row = await prisma.ticketTopicLine.findUnique({ where: one(messageId) })
      const isEditAlone = row?.entryId === null && row.editToldAt !== null
      return row === null || isEditAlone
        ? undefined
        : { number: row.number, entryId: row.entryId ?? undefined }
    },
    async note(messageId, { number, entryId }, at) {
      const entry = { entryId: entryId ?? null }
      const create = { groupId, messageId, number, at, ...entry }
      await prisma.ticketTopicLine.upsert({ where: one(messageId), create, update: entry })
    },
    async seenBefore(number, messageId) {
      const where = { groupId, number, messageId: { lt: messageId } }
      const { _max } = await prisma.ticketTopicLine.aggregate({ where, _max: { entryId: true } })
      return _max.entryId ?? 0n
    },
    async noteEdit(messageId, number, at) {
      const data = [{ groupId, messageId, number, at, editToldAt: at }]
      const { count: added } = await prisma.ticketTopicLine.createMany({ data, skipDuplicates: true })
      if (added > 0) return true
      const where = { groupId, messageId, editToldAt: null }
      return (await prisma.ticketTopicLine.updateMany({ where, data: { editToldAt: at } })).count > 0
    },
  }
}
