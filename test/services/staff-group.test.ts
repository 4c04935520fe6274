import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openStaffGroupWorld, type StaffGroupWorld, staffChat } from '../support/staff-group-world.ts'

/** The topic of a ticket, once it is there. */
function topicOf({ server, group }: StaffGroupWorld, number: number): Promise<number> {
  return server.until(() => group.topic(`${number} ·`), `ticket ${number} has a topic`)
}

/** Waits until the group reads this, and answers the message. */
function read({ server, group }: StaffGroupWorld, text: string) {
  return server.until(() => group.inbox.find((message) => message.text.includes(text)), `"${text}" is read`)
}

/** Waits until this was told of a ticket and it is remembered, and answers the message. */
async function told(world: StaffGroupWorld, text: string) {
  const message = await read(world, text)
  await remembered(world, message.messageId)
  return message
}

async function remembered({ app }: StaffGroupWorld, messageId: number): Promise<void> {
  const { prisma } = app.storage.database
  await vi.waitFor(async () => {
    expect(await prisma.ticketTopicLine.count({ where: { messageId } })).toBe(1)
  }, 5_000)
}

/** Opened once, for tests that leave nothing behind but tickets. */
let forum: StaffGroupWorld
let plain: StaffGroupWorld
beforeAll(async () => {
  forum = await openStaffGroupWorld({ isForum: true })
  plain = await openStaffGroupWorld()
})
afterEach(async () => {
  for (const { server, group, stop, desk } of [forum, plain]) {
    await stop()
    for (const { wire } of server.world.queue.pending()) server.world.queue.remove(wire.update_id)
    group.clear()
    desk.deeds.splice(0)
  }
})
afterAll(async () => {
  await forum[Symbol.asyncDispose]()
  await plain[Symbol.asyncDispose]()
})

const reaction = ({ server, group }: StaffGroupWorld, messageId: number) =>
  server.until(() => group.state.reactions.get(messageId), 'the message is accepted')

describe('startStaffGroup in a group with topics', () => {
  it('makes a topic for each ticket, without any word of the resident in its name', async () => {
    const world = forum
    await world.start()
    const number = await world.desk.open('PKH saya belum masuk', {
      kind: 'complaint',
      anonymous: true,
      details: { name: 'Yosefina', place: 'RT 05' },
    })
    await world.wake()
    const topic = await topicOf(world, number)
    await told(world, 'PKH saya belum masuk')
    expect(world.group.state.topics.get(topic)?.name).toBe(`${number} · pengaduan · Dinas Sosial Kota Kupang`)
    const [text = ''] = world.group.texts(topic)
    expect(text).toContain('Tempat: RT 05')
    expect(text).toContain('tidak dikenal')
    expect(text).not.toContain('Yosefina')
  })

  it('tells what comes later in the same topic, with photos, and what the desk answered', async () => {
    const world = forum
    const { desk } = world
    await world.start()
    const number = await desk.open('awal')
    const topic = await topicOf(world, number)
    desk.files.set('m1', { mime: 'image/jpeg', bytes: Buffer.from([255, 216, 255]), name: undefined })
    await desk.add(number, { type: 'resident', text: 'ini fotonya', media: ['m1', 'm2'] })
    await desk.add(number, { type: 'officer', text: 'Sudah kami lihat', by: 'Sinta' })
    await desk.add(number, { type: 'event', text: 'claimed', by: 'Sinta' })
    await world.wake()
    await told(world, 'Sinta mengambil tiket ini')
    const all = world.group.texts(topic).join('\n')
    expect(all.indexOf('ini fotonya')).toBeLessThan(all.indexOf('Lampiran 1 dari 2'))
    expect(all.indexOf('Lampiran 2 dari 2) sudah')).toBeLessThan(all.indexOf('Sudah kami lihat'))
    const photo = world.group.inbox.find(({ kind }) => kind === 'photo')
    expect(photo?.file?.bytes).toEqual(Buffer.from([255, 216, 255]))
    expect(world.group.inbox.every(({ parameters }) => parameters.protect_content !== undefined)).toBe(true)
  })

  it('gives what a member writes in the topic to the resident, and tells nobody twice', async () => {
    const world = forum
    const { desk, group } = world
    await world.start()
    const number = await desk.open('awal')
    const topic = await topicOf(world, number)
    await told(world, 'awal')
    const budi = group.member(7, 'Budi')
    await reaction(world, budi.say('Selamat pagi, sedang kami periksa.', { topic }))
    await reaction(world, budi.say('Sudah masuk, Bu.', { topic }))
    expect(desk.deeds).toEqual([`Budi · grup answers ${number}`, `Budi · grup answers ${number}`])
    await desk.add(number, { type: 'resident', text: 'terima kasih' })
    await told(world, 'terima kasih')
    expect(group.texts().filter((text) => text.includes('sedang kami periksa'))).toEqual([])
  })

  it('makes no chat and no message of a resident out of what staff write', async () => {
    const world = forum
    const { prisma } = world.app.storage.database
    await world.start()
    const number = await world.desk.open('awal')
    const topic = await topicOf(world, number)
    await told(world, 'awal')
    const member = world.group.member(7)
    member.say('menu')
    member.say('/bansos', { topic })
    await reaction(world, member.say('halo', { topic }))
    expect(await prisma.chat.count()).toBe(0)
    expect(await prisma.inboxMessage.count()).toBe(0)
    expect(await prisma.outboxMessage.count()).toBe(0)
  })

  it('takes nothing that a resident writes for a word of staff', async () => {
    const world = forum
    const { desk, server } = world
    await world.start()
    const number = await desk.open('awal')
    const topic = await topicOf(world, number)
    await told(world, 'awal')
    const resident = server.person(55)
    resident.sendRaw({ text: '/tutup', message_thread_id: topic, is_topic_message: true })
    resident.sendRaw({
      text: 'jawaban palsu',
      reply_to_message: {
        message_id: 3,
        from: server.world.bot,
        chat: { id: staffChat, type: 'supergroup' },
        date: 0,
        text: `#${number} · x`,
      },
      sender_chat: { id: staffChat, type: 'supergroup' },
    })
    resident.sayInGroup(-42, `#${number} · jawaban palsu`)
    await resident.waitFor(1)
    await server.until(() => server.world.queue.pending().length === 0, 'all is received')
    expect(desk.deeds).toEqual([])
    expect(desk.entries(number)).toHaveLength(1)
  })

  it('lets the first who answers hold the ticket, and tells a second one who that is', async () => {
    const world = forum
    await world.start()
    const number = await world.desk.open('awal')
    const topic = await topicOf(world, number)
    await told(world, 'awal')
    await reaction(world, world.group.member(7, 'Budi').say('Saya bantu.', { topic }))
    const second = world.group.member(8, 'Ina').say('Saya juga.', { topic })
    await read(world, 'sedang dipegang Budi · grup')
    expect(world.group.inbox.at(-1)?.replyTo).toBe(second)
    expect(world.desk.deeds).toEqual([`Budi · grup answers ${number}`])
  })

  it('shows what came meanwhile, and takes the same text when it is sent again', async () => {
    const world = forum
    const { desk, group, server } = world
    await world.start()
    const number = await desk.open('awal')
    const topic = await topicOf(world, number)
    await told(world, 'awal')
    server.fail({ method: 'sendMessage', times: 1 }, { type: 'error', code: 500, description: 'x' })
    await desk.add(number, { type: 'resident', text: 'tunggu, bukan begitu' })
    const budi = group.member(7, 'Budi')
    budi.say('Sudah beres.', { topic })
    await read(world, 'BELUM dikirim')
    const shown = group.texts().find((text) => text.includes('BELUM dikirim'))
    expect(shown).toContain('tunggu, bukan begitu')
    await reaction(world, budi.say('Sudah beres.', { topic }))
    expect(desk.deeds).toEqual([`Budi · grup answers ${number}`])
  })

  it('does what commands say, and keeps notes from the resident', async () => {
    const world = forum
    const { desk, group } = world
    await world.start()
    const number = await desk.open('awal')
    const topic = await topicOf(world, number)
    await told(world, 'awal')
    const budi = group.member(7, 'Budi')
    for (const text of ['/ambil@lopo_bot', '/lepas', '/selesai', '/bot', '// cek KK', '/catatan hubungi RT'])
      await reaction(world, budi.say(text, { topic }))
    await reaction(world, budi.say('/tutup ganda', { topic }))
    await world.server.until(() => group.state.topics.get(topic)?.closed, 'the topic is closed')
    await reaction(world, budi.say('/buka', { topic }))
    await world.server.until(() => group.state.topics.get(topic)?.closed === false, 'the topic is open again')
    expect(desk.deeds.map((deed) => deed.replace(` ${number}`, ''))).toEqual([
      'Budi · grup claims',
      'Budi · grup releases',
      'Budi · grup asks',
      'Budi · grup hands back',
      'Budi · grup notes',
      'Budi · grup notes',
      'Budi · grup closes (duplicate)',
      'Budi · grup reopens',
    ])
    const notes = desk.entries(number).filter(({ type }) => type === 'note')
    expect(notes.map(({ text }) => text)).toEqual(['cek KK', 'hubungi RT'])
  })

  it.each([
    ['/terbang', 'tidak dikenal'],
    ['/tutup entah', 'Pilih satu: selesai, dikerjakan'],
    ['//', 'kosong'],
    ['/a-b', 'tidak dikenal'],
    ['NIK 5399010101010001 sudah ada', 'nomor panjang'],
  ])('says why %s does nothing', async (text, why) => {
    const world = forum
    await world.start()
    const topic = await topicOf(world, await world.desk.open('awal'))
    await told(world, 'awal')
    world.group.member(7).say(text, { topic })
    await read(world, why)
    expect(world.desk.deeds).toEqual([])
  })

  it('passes on only text, says so once for an album, and says once that edits are not sent', async () => {
    const world = forum
    const { group, desk } = world
    await world.start()
    const number = await desk.open('awal')
    const topic = await topicOf(world, number)
    await told(world, 'awal')
    const budi = group.member(7, 'Budi')
    for (const file_id of ['a', 'b'])
      budi.sendRaw({ photo: [{ file_id }], media_group_id: '9', caption: 'lihat ini' }, { topic })
    await read(world, 'Hanya tulisan')
    const sent = budi.say('Halo', { topic })
    await reaction(world, sent)
    budi.edit(sent, 'Halo, Bu', { topic })
    budi.edit(sent, 'Halo, Ibu', { topic })
    await read(world, 'Suntingan')
    await reaction(world, budi.say('Itu saja', { topic }))
    const texts = group.texts().filter((text) => /Hanya tulisan|Suntingan/.test(text))
    expect(texts).toHaveLength(2)
    expect(desk.deeds).toHaveLength(2)
  })

  it('takes nobody for an officer who hides their name, writes as a channel or is a bot', async () => {
    const world = forum
    const { group, desk } = world
    await world.start()
    const number = await desk.open('awal')
    const topic = await topicOf(world, number)
    await told(world, 'awal')
    group.channel(-1_009).say('dari kanal', { topic })
    await read(world, 'atas nama kanal')
    group.member(9).sendRaw({ text: 'dari bot', from: { id: 9, is_bot: true, first_name: 'B' } }, { topic })
    group.anonymousAdmin().say('Dari kantor', { topic })
    await read(world, 'dengan nama sendiri')
    expect(desk.deeds).toEqual([])
  })

  it('leaves talk outside of tickets alone, but helps everywhere', async () => {
    const world = forum
    const { group, desk } = world
    await world.start()
    await topicOf(world, await desk.open('awal'))
    await told(world, 'awal')
    const own = 77_000
    group.state.topics.set(own, { name: 'Obrolan', byBot: false, closed: false, deleted: false })
    group.member(7).say('makan siang?', { topic: own })
    group.member(7).say('rapat jam 2')
    group.member(7).say('/ambil@bot_lain')
    group.member(7).say('/bantuan')
    await read(world, 'Cara memakai grup ini')
    expect(group.inbox).toHaveLength(2)
    expect(desk.deeds).toEqual([])
  })

  it('makes a deleted topic anew, with what was told last', async () => {
    const world = forum
    const { group, desk } = world
    await world.start()
    const number = await desk.open('awal')
    const topic = await topicOf(world, number)
    await told(world, 'awal')
    group.deleteTopic(topic)
    await desk.add(number, { type: 'resident', text: 'kedua' })
    await told(world, 'kedua')
    const next = group.topic(`${number} ·`)
    expect(next).not.toBe(topic)
    const all = group.texts(next).join('\n')
    expect(all).toContain('lanjutan')
    expect(all.indexOf('awal')).toBeLessThan(all.indexOf('kedua'))
  })

  it('says so in a topic of the bot that no ticket has any more', async () => {
    const world = forum
    const { group, desk, app } = world
    await world.start()
    const number = await desk.open('awal')
    const topic = await topicOf(world, number)
    await told(world, 'awal')
    await app.storage.database.prisma.ticketTopic.updateMany({ where: { number }, data: { threadId: null } })
    group.member(7).say('Baik.', { topic })
    await read(world, 'tidak terhubung')
    expect(desk.deeds).toEqual([])
  })

  it('opens a topic again that somebody closed by hand', async () => {
    const world = forum
    const { group, desk } = world
    await world.start()
    const number = await desk.open('awal')
    const topic = await topicOf(world, number)
    await told(world, 'awal')
    group.state.topics.get(topic)!.closed = true
    await desk.add(number, { type: 'resident', text: 'kedua' })
    await told(world, 'kedua')
    expect(group.state.topics.get(topic)?.closed).toBe(false)
  })

  it('goes on as a plain group when topics are switched off', async () => {
    const world = forum
    const { group, desk } = world
    await world.start()
    const number = await desk.open('awal')
    await topicOf(world, number)
    await told(world, 'awal')
    group.state.isForum = false
    await desk.add(number, { type: 'resident', text: 'kedua' })
    await told(world, 'kedua')
    expect(group.inbox.at(-1)?.text).toMatch(new RegExp(`^#${number} · `))
    group.state.isForum = true
  })

  it('puts a plain word in the place of what Telegram refuses, and goes on', async () => {
    const world = forum
    const { desk, server } = world
    server.fail(
      { method: 'sendMessage', times: 3 },
      { type: 'error', code: 400, description: 'Bad Request: strange' },
    )
    await world.start()
    const number = await desk.open('awal')
    await told(world, 'tidak dapat ditampilkan')
    await desk.add(number, { type: 'resident', text: 'kedua' })
    await told(world, 'kedua')
  })
})

describe('startStaffGroup in a plain group', () => {
  it('tells a ticket under one message, and takes replies to any of its lines', async () => {
    const world = plain
    const { desk, group } = world
    await world.start()
    const number = await desk.open('awal')
    const first = await told(world, 'awal')
    await desk.add(number, { type: 'resident', text: 'kedua' })
    const last = await told(world, 'kedua')
    expect(last.replyTo).toBe(first.messageId)
    expect([first.text, last.text].every((text) => text.startsWith(`#${number} · `))).toBe(true)
    const budi = group.member(7, 'Budi')
    await reaction(world, budi.say('Baik.', { replyTo: last.messageId }))
    await reaction(world, budi.say('Sudah.', { replyTo: first.messageId }))
    const talk = budi.say('bagus', { replyTo: 12_345 })
    budi.say('halo semua')
    await reaction(world, budi.say('/lepas', { replyTo: first.messageId }))
    expect(group.state.reactions.get(talk)).toBeUndefined()
    expect(desk.deeds.map((deed) => deed.split(' ')[3])).toEqual(['answers', 'answers', 'releases'])
  })

  it('follows a group that became a supergroup', async () => {
    await using world = await openStaffGroupWorld({ type: 'group' })
    const { desk, group } = world
    await world.start()
    const number = await desk.open('awal')
    await told(world, 'awal')
    const next = group.upgrade(-1_005_399_000_777, { tells: false })
    await desk.add(number, { type: 'resident', text: 'kedua' })
    await world.server.until(() => next.texts().some((text) => text.includes('kedua')), 'it is told there')
    const { messageId } = next.inbox.at(-1)!
    await remembered(world, messageId)
    const answer = next.member(7, 'Budi').say('Baik.', { replyTo: messageId })
    await world.server.until(() => next.state.reactions.get(answer), 'it is accepted there')
    expect(desk.deeds).toEqual([`Budi · grup answers ${number}`])
  })

  it('belongs to the right ticket though a reply comes to a line that a crash forgot', async () => {
    const world = plain
    const { desk, group, app } = world
    await world.start()
    const number = await desk.open('awal')
    await told(world, 'awal')
    await world.stop()
    await app.storage.database.prisma.ticketTopicLine.deleteMany()
    await world.start()
    const { messageId } = await read(world, 'awal')
    group.member(7, 'Budi').say('Baik.', { replyTo: messageId })
    await read(world, 'BELUM dikirim')
    expect(desk.deeds).toEqual([])
    const refusal = group.inbox.at(-1)!.messageId
    await remembered(world, refusal)
    await reaction(world, group.member(7, 'Budi').say('Baik.', { replyTo: refusal }))
    expect(desk.deeds).toEqual([`Budi · grup answers ${number}`])
  })
})

describe('startStaffGroup when things fail', () => {
  it('tells again what it did not remember to have told, and loses nothing', async () => {
    const world = forum
    const { desk, server, group } = world
    const number = await desk.open('awal')
    server.fail({ method: 'sendMessage', times: 1 }, { type: 'cut', when: 'after' })
    await world.start()
    const topic = await topicOf(world, number)
    await server.until(() => group.texts(topic).length === 2, 'it is told twice')
    await desk.add(number, { type: 'resident', text: 'kedua' })
    await told(world, 'kedua')
    expect(group.texts(topic).map((text) => /awal|kedua/.exec(text)?.[0])).toEqual(['awal', 'awal', 'kedua'])
  })

  it('waits as long as Telegram asks', async () => {
    const world = forum
    const { desk, server } = world
    server.fail(
      { method: 'sendMessage', times: 1 },
      { type: 'error', code: 429, description: 'Too Many Requests: retry after 1', retryAfter: 1 },
    )
    await desk.open('awal')
    const [began, before] = [Date.now(), server.count('sendMessage')]
    await world.start()
    await told(world, 'awal')
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_000)
    expect(server.count('sendMessage') - before).toBe(2)
  })

  it('raises one alarm when there is no such group, and settles it when there is', async () => {
    await using world = await openStaffGroupWorld({ isForum: true, isAway: true })
    const { desk, server, app } = world
    const { prisma } = app.storage.database
    await desk.open('awal')
    await world.start()
    const open = () => prisma.alarm.findMany({ where: { kind: 'staff_group_failed', settledAt: null } })
    await server.until(() => server.count('getChat') > 0, 'it was tried')
    await world.start()
    await server.until(() => server.count('getChat') > 1, 'it was tried again')
    await world.stop()
    expect(await open()).toMatchObject([{ details: { reason: 'no_chat' } }])
    expect(app.logged.join('')).toContain('check TELEGRAM_STAFF_CHAT')
    const group = server.group(staffChat, { isForum: true })
    await world.start()
    await server.until(() => group.texts().length > 0, 'it is told')
    await world.stop()
    expect(await open()).toEqual([])
  })

  it('raises an alarm when the bot has no rights', async () => {
    const world = forum
    const { desk, server, app, group } = world
    group.state.hasRights = false
    await desk.open('tanpa hak')
    const before = server.count('createForumTopic')
    await world.start()
    await server.until(() => server.count('createForumTopic') > before, 'it was tried')
    await world.stop()
    const alarms = await app.storage.database.prisma.alarm.findMany()
    expect(alarms).toMatchObject([{ kind: 'staff_group_failed', details: { reason: 'no_rights' } }])
    group.state.hasRights = true
    await world.start()
    await told(world, 'tanpa hak')
  })

  it('does the deed once though the update comes twice', async () => {
    const world = forum
    const { desk, server, group } = world
    await world.start()
    const number = await desk.open('awal')
    const topic = await topicOf(world, number)
    await told(world, 'awal')
    const held = Promise.withResolvers<void>()
    desk.beforeDeed = () => held.promise
    const noted = group.member(7, 'Budi').say('// catatan', { topic })
    const [update] = await server.until(() => {
      const pending = server.world.queue.pending()
      return pending.length > 0 && pending
    }, 'it waits to be confirmed')
    held.resolve()
    desk.beforeDeed = async () => undefined
    await reaction(world, noted)
    await server.until(() => server.world.queue.pending().length === 0, 'it is confirmed')
    const before = server.count('setMessageReaction')
    server.world.queue.repeat(update!)
    await server.until(() => server.count('setMessageReaction') > before, 'it came again')
    expect(desk.deeds).toEqual([`Budi · grup notes ${number}`])
  })

  it('falls back to words where the group takes no thumbs', async () => {
    const world = forum
    const { desk, server, group } = world
    const lift = server.fail(
      { method: 'setMessageReaction' },
      { type: 'error', code: 400, description: 'Bad Request: REACTION_INVALID' },
    )
    await world.start()
    const topic = await topicOf(world, await desk.open('awal'))
    await told(world, 'awal')
    group.member(7).say('Baik.', { topic })
    await read(world, 'Terkirim ke warga.')
    lift()
  })

  it('tells no ticket that was over before there was a group', async () => {
    await using world = await openStaffGroupWorld({ isForum: true })
    const { desk, group } = world
    const old = await desk.open('lama')
    await desk.change(old, { state: 'closed', closedAt: new Date(Date.now() - 86_400_000) })
    await world.start()
    await desk.open('baru')
    await told(world, 'baru')
    expect(group.texts().join('')).not.toContain('lama')
  })
})
