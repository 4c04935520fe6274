import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { BroadcastPlan } from '../broadcast/broadcast.ts'
import type { Preview } from '../broadcast/broadcast-desk.ts'
import { cleanBroadcastPicture, createBroadcastFiles, takeFile } from '../services/broadcast-files.ts'
import { costsOfBroadcasts } from '../services/desk-broadcasts.ts'
import { readBroadcastFile } from './broadcast-file.ts'
import { countText, noBroadcast, refusalOf } from './broadcast-words.ts'
import type { Typed, Word, Work } from './broadcast-work.ts'
import { UsageError } from './command.ts'
import { operator } from './trainings-words.ts'

/** Writing a broadcast, and looking at it before it leaves. */
export const planWords = {
  create: { takes: ['file'], run: create },
  edit: { takes: ['number', 'file'], run: edit },
  remove: { takes: ['number'], run: remove },
  'send-back': { takes: ['number'], run: sendBack },
  count: { takes: ['number'], run: count },
  preview: { takes: ['number'], run: preview },
  test: { takes: ['number'], run: test },
} satisfies Record<string, Word>

async function create(work: Work, typed: Typed): Promise<void> {
  const { desk, context } = work
  const plan = await readPlan(typed.file)
  const done = await desk.create(operator(), { ...plan, media: await pictureOf(work, typed) })
  if (done.type !== 'done') throw refusalOf(done, undefined, typed.file)
  context.out(`${done.number}\n`)
  context.err(
    `Broadcast ${done.number} is a draft. To see whom it reaches: lopo broadcast count ${done.number}\n`,
  )
}

/** The picture stays unless another is given. */
async function edit(work: Work, typed: Typed): Promise<void> {
  const { desk, context } = work
  const { number, file } = typed
  const { version, media, source } = (await viewOf(work, typed)).broadcast
  const plan = await readPlan(file)
  const changed = { ...plan, source, media: (await pictureOf(work, typed)) ?? media }
  const done = await desk.edit(operator(), number, changed, version)
  if (done.type !== 'done') throw refusalOf(done, number, file)
  context.err(`Broadcast ${number} is changed, and a draft.\n`)
}

async function remove({ desk, context }: Work, { number }: Typed): Promise<void> {
  const done = await desk.remove(operator(), number)
  if (done.type !== 'done') throw refusalOf(done, number)
  context.err(`Broadcast ${number} is removed.\n`)
}

async function sendBack({ desk, context }: Work, { number, reason = '' }: Typed): Promise<void> {
  const done = await desk.sendBack(operator(), number, reason)
  if (done.type !== 'done') throw refusalOf(done, number)
  context.err(`Broadcast ${number} is a draft again.\n`)
}

async function count(work: Work, typed: Typed): Promise<void> {
  const { broadcast } = await viewOf(work, typed)
  const counted = await work.desk.count(operator(), broadcast.audience)
  const text = typed.json ? `${JSON.stringify(counted)}\n` : countText(counted, costsOfBroadcasts(work.app))
  work.context.out(text)
}

async function preview(work: Work, typed: Typed): Promise<void> {
  const { desk, context } = work
  const { broadcast } = await viewOf(work, typed)
  const inChats = desk.preview(broadcast).map((one) => phone(one, one.channel))
  const posted = desk.previewPosts(broadcast).map((one) => phone(one, `public, ${one.channel}`))
  context.out([...inChats, ...posted].join('\n'))
}

/** One message as it looks in a chat. */
function phone({ parts, buttons }: Preview, title: string): string {
  const messages = parts.map(({ text, media }) => [...(media === undefined ? [] : [`<${media}>`]), text])
  const keys = buttons.map((label) => `[${label}]`)
  return `--- ${title} ---\n${[...messages.flat(), ...keys].join('\n')}\n`
}

async function test(work: Work, typed: Typed): Promise<void> {
  const { desk, context } = work
  const { number, again } = typed
  if (again) {
    const chats = await desk.test(operator(), number)
    if (chats === undefined) throw noBroadcast(number)
    context.err(`Shown in ${chats} chats that are known from before.\n`)
    return
  }
  const given = await desk.testCode(operator(), number)
  if (given === undefined) throw noBroadcast(number)
  context.out(`uji ${given.code}\n`)
  context.err(`Write this to the bot in your own chat, until ${given.until.toISOString()}.\n`)
}

async function viewOf({ desk }: Work, { number }: Typed) {
  const view = await desk.read(operator(), number)
  if (view === undefined) throw noBroadcast(number)
  return view
}

async function readPlan(file: string): Promise<BroadcastPlan> {
  const text = (await bytesOf(file)).toString('utf8')
  const read = readBroadcastFile(text)
  if (read.type === 'read') return read.plan
  throw new UsageError(read.problems.map((problem) => `lopo: ${file}: ${problem}`).join('\n'))
}

function bytesOf(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: unknown) => {
    throw new UsageError(`lopo: ${file} cannot be read`, { cause })
  })
}

async function pictureOf({ app }: Work, { picture }: Typed): Promise<BroadcastPlan['media']> {
  if (picture === undefined) return undefined
  const file = { bytes: new Uint8Array(await bytesOf(picture)), name: path.basename(picture) }
  const media = await takeFile(
    createBroadcastFiles({ ...app, cleanPicture: cleanBroadcastPicture }),
    file,
    operator(),
  )
  if (typeof media === 'string') throw new UsageError(`lopo: ${picture} ${whyNot[media]}`)
  return media
}

const whyNot = {
  file_kind: 'is no JPEG, PNG, WebP or PDF',
  file_large: 'is too large: 5 MB for a picture, 10 MB for a PDF',
  too_much: 'is too much for today: 20 MB a day',
  broken: 'is no picture that can be read',
} as const
