import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ChannelWorld, startChannelWorld } from '../support/whatsapp-channel.ts'

let world: ChannelWorld

beforeEach(async () => {
  world = await startChannelWorld()
})
afterEach(async () => {
  await world.end()
})

const token = (number: number) => number.toString(16).padStart(16, '0')
const reply = (number: number) => ({ token: token(number), purpose: 'reply' as const })

describe('createWhatsAppChannel', () => {
  it.each(['lid', 'pn'] as const)(
    'carries texts both ways with a person addressed by %s',
    async (addressing) => {
      const channel = await world.openReady()
      await world.ana.say('selamat pagi', { addressing })
      await world.until(() => world.received.length === 1, 'it came in')
      const [message] = world.received
      const id = addressing === 'lid' ? world.ana.lid : world.ana.pn
      expect(message).toMatchObject({
        from: { channel: 'whatsapp', account: 'main', id },
        content: { type: 'text', text: 'selamat pagi' },
      })
      const receipt = await channel.send(message!.from, { text: 'pagi' }, '1', reply(7))
      expect(receipt).toEqual({ externalId: '3EB0000000000000000700' })
      expect(await world.ana.next()).toMatchObject({ text: 'pagi', id: receipt.externalId })
      await world.until(
        () => world.progress.some(({ state }) => state === 'delivered'),
        'it is told as delivered',
      )
      world.ana.read(receipt.externalId)
      await world.until(() => world.progress.some(({ state }) => state === 'read'), 'it is told as read')
      expect(world.progress.map((news) => news.token)).toEqual([token(7), token(7)])
      await world.until(
        () => world.ana.receipts.some(({ type }) => type === 'read'),
        'the person sees that it was read',
      )
    },
  )

  it('keeps one name for a person who writes by one id first and by the other later', async () => {
    await world.openReady()
    await world.ana.say('satu', { addressing: 'lid' })
    await world.ana.say('dua', { addressing: 'pn' })
    await world.budi.say('tiga', { addressing: 'pn' })
    await world.until(() => world.received.length === 3, 'all came in')
    expect(world.received.map(({ from }) => from.id)).toEqual([world.ana.lid, world.ana.lid, world.budi.pn])
  })

  it('takes photos and documents in, and sends them', async () => {
    const channel = await world.openReady()
    const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(5_000, 7)])
    const letter = Buffer.from('%PDF-1.7 surat keterangan')
    await world.ana.sendPhoto(photo, 'ini abon')
    await world.ana.sendDocument(letter, 'surat.pdf', 'application/pdf')
    await world.ana.say('sudah?')
    await world.until(() => world.received.length === 3, 'all came in, in order')
    const [first, second, third] = world.received.map(({ content }) => content)
    expect(first).toMatchObject({
      type: 'media',
      caption: 'ini abon',
      media: { type: 'photo', mime: 'image/jpeg' },
    })
    expect(second).toMatchObject({ type: 'media', media: { type: 'document', mime: 'application/pdf' } })
    expect(third).toEqual({ type: 'text', text: 'sudah?' })
    expect(Buffer.from(world.files.get('file-1')!.bytes)).toEqual(photo)
    expect(Buffer.from(world.files.get('file-2')!.bytes)).toEqual(letter)
    expect(await world.store.arrivals()).toEqual([])

    const media = [
      { id: 'file-1', type: 'photo' as const, mime: 'image/jpeg' },
      { id: 'file-2', type: 'document' as const, mime: 'application/pdf', name: 'surat.pdf' },
    ]
    await channel.send(world.received[0]!.from, { text: 'Ini suratnya.', media }, '1', reply(1))
    const [back, document, words] = await world.ana.waitFor(3)
    expect(await back!.download()).toEqual(photo)
    expect(await document!.download()).toEqual(letter)
    expect(document!.proto.documentMessage?.fileName).toBe('surat.pdf')
    expect(words!.text).toBe('Ini suratnya.')
    expect(words!.id.endsWith('00')).toBe(true)
  })

  it('answers a phone that asks again, also after a restart, and with the same words', async () => {
    const channel = await world.openReady()
    await world.ana.say('halo')
    await world.until(() => world.received.length === 1, 'it came in')
    const { from } = world.received[0]!
    world.said.set(token(5), { text: 'Selamat pagi, Bapak/Ibu.' })
    const { externalId } = await channel.send(from, { text: 'Selamat pagi, Bapak/Ibu.' }, '5', reply(5))
    await world.ana.next()
    await channel.stop()
    await world.openReady()
    world.ana.askAgain(externalId)
    await world.until(() => world.ana.copiesOf(externalId) === 2, 'the phone got it again')
    expect(world.ana.inbox.map(({ text }) => text)).toEqual(['Selamat pagi, Bapak/Ibu.'])
  })

  it('takes what came while it was away, each message once', async () => {
    const channel = await world.openReady()
    await world.ana.say('satu')
    await world.until(() => world.received.length === 1, 'it came in')
    await channel.stop()
    await world.until(() => !world.account.isOnline(), 'it is gone')
    const late = new Date(Date.now() - 3_600_000)
    await world.ana.say('dua', { at: late })
    await world.budi.say('tiga')
    await world.openReady()
    await world.until(() => world.received.length === 3, 'what waited came in')
    expect(world.received.map(({ content }) => content)).toEqual(
      ['satu', 'dua', 'tiga'].map((text) => ({ type: 'text', text })),
    )
    expect(Math.abs(world.received[1]!.sentAt.getTime() - late.getTime())).toBeLessThan(1_000)
    await world.until(() => world.account.outstanding() === 0, 'all was answered for')
  })

  it('confirms nothing that is not durable, and takes it when it comes again', async () => {
    await world.openReady()
    let refused = 0
    world.failReceiving(async () => {
      refused += 1
      throw new Error('no database')
    })
    await world.ana.say('jangan hilang')
    await world.until(() => refused > 0, 'it could not be kept')
    expect(world.ana.receipts.filter(({ type }) => type !== 'retry')).toEqual([])
    world.failReceiving(undefined)
    await world.until(() => world.received.length === 1, 'it came again', 20_000)
    expect(world.received[0]!.content).toEqual({ type: 'text', text: 'jangan hilang' })
  })

  it('sends by the id that WhatsApp has for somebody who is known by a number only', async () => {
    const channel = await world.openReady()
    const to = { channel: 'whatsapp' as const, account: 'main', id: world.ana.pn }
    await channel.send(to, { text: 'kabar' }, '1', reply(1))
    expect(await world.ana.next()).toMatchObject({ text: 'kabar', addressing: 'lid' })
    await world.ana.say('terima kasih')
    await world.until(() => world.received.length === 1, 'the answer came in')
    expect(world.received[0]!.from.id).toBe(world.ana.pn)
  })

  it('never gives the new owner of a number what is for the former one', async () => {
    const channel = await world.openReady()
    const { pn, lid } = world.ana
    const to = { channel: 'whatsapp' as const, account: 'main', id: pn }
    // Somebody wrote by the number when it was theirs; then Ana, who has it now, by her own id.
    await world.store.nameOf(pn)
    await world.store.nameOf(lid)
    await expect(channel.send(to, { text: 'rahasia' }, '1', reply(1))).rejects.toMatchObject({
      kind: 'stopped',
      retryable: false,
    })
    await channel.send({ ...to, id: lid }, { text: 'halo, Ana' }, '2', reply(2))
    expect((await world.ana.waitFor(1)).map(({ text }) => text)).toEqual(['halo, Ana'])
  })

  it('reaches the former owner of a number by their own id, whoever has the number', async () => {
    const channel = await world.openReady()
    await world.store.nameOf(world.ana.pn, world.budi.lid)
    await world.ana.say('nomor baru saya')
    await world.until(() => world.received.length === 1, 'it came in')
    expect(world.received[0]!.from.id).toBe(world.ana.lid)
    const to = { channel: 'whatsapp' as const, account: 'main', id: world.ana.pn }
    await channel.send(to, { text: 'untuk Budi' }, '1', reply(1))
    await channel.send(world.received[0]!.from, { text: 'untuk Ana' }, '2', reply(2))
    expect(await world.budi.next()).toMatchObject({ text: 'untuk Budi' })
    expect((await world.ana.waitFor(1)).map(({ text }) => text)).toEqual(['untuk Ana'])
  })

  it('says of a number that has no WhatsApp that nobody is there', async () => {
    world.ana.setRegistered(false)
    const channel = await world.openReady()
    const to = { channel: 'whatsapp' as const, account: 'main', id: world.ana.pn }
    await expect(channel.send(to, { text: 'x' }, '1', reply(1))).rejects.toMatchObject({ kind: 'stopped' })
  })

  it('never tries a person again whom WhatsApp forbids it to write to, and keeps back all that nobody asked for', async () => {
    const channel = await world.openReady()
    const until = new Date(Date.now() + 3_600_000)
    world.server.refuseSends(463)
    world.account.setTimelock(until)
    const to = { channel: 'whatsapp' as const, account: 'main', id: world.ana.lid }
    await expect(channel.send(to, { text: 'x' }, '1', reply(1))).rejects.toMatchObject({
      kind: 'restricted',
      retryable: false,
    })
    await world.until(() => world.warnings.length > 0, 'staff are told')
    expect(world.warnings).toContain('restricted')
    const unasked = { token: token(2), purpose: 'broadcast' as const }
    await expect(channel.send(to, { text: 'x' }, '2', unasked)).rejects.toMatchObject({ kind: 'too_fast' })
    const { restrictedUntil } = await world.store.status()
    expect(Math.abs(restrictedUntil!.getTime() - until.getTime())).toBeLessThan(1_000)
    world.account.setTimelock(undefined)
    await world.until(async () => (await world.store.status()).restrictedUntil === undefined, 'it is lifted')
  })

  it('keeps back what nobody asked for when WhatsApp warns of too many', async () => {
    const channel = await world.openReady()
    world.account.tellCapping({ capping_status: 'FIRST_WARNING', total_quota: 10, used_quota: 9 })
    await world.until(() => world.warnings.includes('capped'), 'staff are told')
    const to = { channel: 'whatsapp' as const, account: 'main', id: world.ana.lid }
    const unasked = { token: token(2), purpose: 'notice' as const }
    await expect(channel.send(to, { text: 'x' }, '2', unasked)).rejects.toMatchObject({ kind: 'too_fast' })
    await channel.send(to, { text: 'jawaban' }, '3', reply(3))
    expect(await world.ana.next()).toMatchObject({ text: 'jawaban' })
  })

  it('says that nobody knows when WhatsApp does not say that it took a message; the repeat is the same message', async () => {
    const channel = await world.openReady({
      times: { connectTimeout: 2_000, queryTimeout: 2_000, ackTimeout: 150 },
    })
    const to = { channel: 'whatsapp' as const, account: 'main', id: world.ana.lid }
    const lift = world.server.withholdAcks()
    await expect(channel.send(to, { text: 'satu kali' }, '1', reply(1))).rejects.toMatchObject({
      kind: 'unknown',
    })
    lift()
    const { externalId } = await channel.send(to, { text: 'satu kali' }, '1', reply(1))
    await world.until(() => world.ana.copiesOf(externalId) === 2, 'it was sent again')
    expect(world.ana.inbox.map(({ text }) => text)).toEqual(['satu kali'])
  })

  it('says at once that a message cannot go out while there is no connection', async () => {
    const channel = await world.openReady()
    const to = { channel: 'whatsapp' as const, account: 'main', id: world.ana.lid }
    await world.server.pause()
    await world.until(() => !channel.isReachable(), 'it is cut off')
    await expect(channel.send(to, { text: 'x' }, '1', reply(1))).rejects.toMatchObject({
      kind: 'unavailable',
      retryable: true,
    })
    await world.server.resume()
  })

  it('shows that it writes while an answer waits for its turn', async () => {
    const channel = await world.openReady({
      pace: {
        replyGap: { least: 600, most: 600 },
        unaskedGap: { least: 0, most: 0 },
        ...{ unaskedADay: 10, warmUpDays: 0 },
      },
    })
    const to = { channel: 'whatsapp' as const, account: 'main', id: world.ana.lid }
    await channel.send(to, { text: 'satu' }, '1', reply(1))
    await channel.send(to, { text: 'dua' }, '2', reply(2))
    expect((await world.ana.waitFor(2)).map(({ text }) => text)).toEqual(['satu', 'dua'])
    expect(world.ana.chatStates).toContain('composing')
  })

  it('answers for each kind of message by rule, and passes over what needs no answer', async () => {
    await world.openReady()
    const photo = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
    const id = await world.ana.say('halo')
    await world.ana.react(id, '👍')
    await world.ana.revoke(id)
    await world.ana.sayInGroup('pengumuman')
    await world.ana.postStatus('jualan')
    world.account.newsletterPost('berita')
    await world.ana.voice()
    await world.ana.sticker()
    await world.ana.contact('Budi', world.budi.pn)
    await world.ana.sendVideo(photo)
    await world.ana.sendViewOnce(photo)
    world.ana.sendHiddenViewOnce()
    await world.ana.edit(id, 'halo lagi')
    await world.ana.location(-10.17, 123.6)
    await world.ana.pressButton('x', 'Cek bantuan')
    await world.ana.sendDocument(photo, 'film.mkv', 'video/x-matroska', { claimedSize: 104_857_600 })
    await world.ana.say('akhir')
    await world.until(
      () => world.received.some(({ content }) => 'text' in content && content.text === 'akhir'),
      'all came in',
    )
    expect(
      world.received.map(({ content }) => {
        if (content.type === 'unreadable') return content.what
        return content.type === 'text' ? content.text : content.type
      }),
    ).toEqual([
      ...['halo', 'voice', 'sticker', 'contact', 'video', 'view_once', 'view_once', 'edited', 'location'],
      ...['Cek bantuan', 'too_large', 'akhir'],
    ])
  })

  it('refuses a file that is larger than its sender says, and takes what comes after it', async () => {
    await world.openReady()
    await world.ana.sendDocument(
      Buffer.alloc(11 * 1_024 * 1_024, 1),
      'besar.bin',
      'application/octet-stream',
      {
        claimedSize: 1_000,
      },
    )
    await world.ana.say('sudah?')
    await world.until(() => world.received.length === 2, 'both came in')
    expect(world.received.map(({ content }) => content)).toEqual([
      { type: 'unreadable', what: 'too_large' },
      { type: 'text', text: 'sudah?' },
    ])
  })

  it('fetches a file in its next life that this one could not', async () => {
    const channel = await world.openReady()
    const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500, 7)])
    world.failReceiving(async () => {
      throw new Error('no database')
    })
    await world.ana.sendPhoto(photo, 'tolong lihat')
    await world.until(() => world.ana.receipts.length > 0, 'it is confirmed')
    expect(await world.store.arrivals()).toHaveLength(1)
    await channel.stop()
    world.failReceiving(undefined)
    await world.openReady()
    await world.until(() => world.received.length === 1, 'it came in')
    expect(await world.store.arrivals()).toEqual([])
    expect(world.received[0]!.content).toMatchObject({ type: 'media', caption: 'tolong lihat' })
  })

  it('breaks a download off when it stops, and fetches the file in its next life', async () => {
    const channel = await world.openReady()
    const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500, 7)])
    const lift = world.server.media.fail('download', 'hang')
    await world.ana.sendPhoto(photo, 'tolong lihat')
    await world.until(() => world.ana.receipts.length > 0, 'it is confirmed')
    await channel.stop()
    expect(world.received).toEqual([])
    expect(await world.store.arrivals()).toMatchObject([{ attempts: 1 }])
    lift()
    await world.openReady()
    await world.until(() => world.received.length === 1, 'it came in')
    expect(world.received[0]!.content).toMatchObject({ type: 'media', caption: 'tolong lihat' })
  })

  it('goes nowhere but to WhatsApp for a file, whatever the message says', async () => {
    await world.openReady()
    const asked: string[] = []
    const elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end()
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, 'localhost', resolve))
    const address = elsewhere.address()
    const port = typeof address === 'object' ? address?.port : 0
    for (const url of [`http://127.0.0.1:${port}/admin`, `https://localhost:${port}/admin`]) {
      await world.ana.sendMessage({
        documentMessage: {
          url,
          mediaKey: Buffer.alloc(32, 1),
          mimetype: 'application/pdf',
          fileName: 'x.pdf',
        },
      })
    }
    await world.until(() => world.received.length === 2, 'both were answered')
    expect(world.received.map(({ content }) => content)).toEqual([
      { type: 'unreadable', what: 'other' },
      { type: 'unreadable', what: 'other' },
    ])
    expect(asked).toEqual([])
    await new Promise((resolve) => elsewhere.close(resolve))
  })

  it('outlives a download that is cut off', async () => {
    await world.openReady()
    const lift = world.server.media.fail('download', 'cut')
    await world.ana.sendPhoto(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(50_000, 7)]))
    await world.until(() => world.logged.some((line) => line.includes('was not fetched')), 'it was cut off')
    lift()
    await world.until(() => world.received.length === 1, 'it came in')
    expect(world.received[0]!.content).toMatchObject({ type: 'media' })
  })

  it('loses nothing while the store cannot be read', async () => {
    await world.openReady({ random: () => 0 })
    await world.ana.say('halo')
    await world.until(() => world.received.length === 1, 'it hears')
    let failures = 0
    world.store.failReads(() => {
      failures += 1
      throw new Error('no database')
    })
    await world.budi.say('jangan hilang')
    await world.until(() => failures > 0, 'it could not be read')
    world.store.failReads(undefined)
    await world.until(() => world.received.length === 2, 'it came again', 20_000)
    expect(world.received[1]!.content).toEqual({ type: 'text', text: 'jangan hilang' })
  })

  it('asks about a message that could not be opened also when another one could', async () => {
    await world.openReady({ graceMs: 100 })
    await world.ana.say('halo')
    await world.ana.say('rusak', { garbled: 'nothing' })
    await world.ana.say('ini bisa')
    await world.until(() => world.received.length === 3, 'the person is asked')
    expect(world.received[2]!.content).toEqual({ type: 'unreadable', what: 'undecryptable' })
  })

  it('keeps a warning of too many through the end of another restriction', async () => {
    const channel = await world.openReady()
    world.account.tellCapping({ capping_status: 'CAPPED', total_quota: 10, used_quota: 10 })
    await world.until(() => world.warnings.includes('capped'), 'staff are told')
    world.account.setTimelock(new Date(Date.now() + 3_600_000))
    await world.until(() => world.warnings.includes('restricted'), 'staff are told of the other')
    world.account.setTimelock(undefined)
    await world.ana.say('halo')
    await world.until(() => world.received.length === 1, 'it hears')
    const unasked = { token: token(2), purpose: 'notice' as const }
    await expect(channel.send(world.received[0]!.from, { text: 'x' }, '2', unasked)).rejects.toMatchObject({
      kind: 'too_fast',
    })
  })

  it('says of a file that cannot be fetched that it did not arrive, and takes what comes after it', async () => {
    await world.openReady()
    world.server.media.fail('download', { status: 500 }, 50)
    await world.ana.sendPhoto(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1]))
    await world.ana.say('sudah?')
    await world.until(() => world.received.length === 2, 'both came in', 20_000)
    expect(world.received.map(({ content }) => content)).toEqual([
      { type: 'unreadable', what: 'other' },
      { type: 'text', text: 'sudah?' },
    ])
  })

  it('takes an answer that quotes one of its questions as an answer to that question', async () => {
    const channel = await world.openReady()
    const options = [
      { label: 'Cek bantuan', value: '4.1' },
      { label: 'Menu utama', value: '4.2' },
    ]
    const question = { text: 'Pilih:\n1. Cek bantuan\n2. Menu utama', options }
    world.said.set(token(9), question)
    const to = { channel: 'whatsapp' as const, account: 'main', id: world.ana.lid }
    const { externalId } = await channel.send(to, question, '9', reply(9))
    await world.ana.next()
    await world.ana.say('2', { quoting: externalId })
    await world.ana.say('cek BANTUAN', { quoting: externalId })
    await world.ana.say('7', { quoting: externalId })
    await world.ana.say('apa ini?', { quoting: externalId })
    await world.until(() => world.received.length === 4, 'all came in')
    expect(world.received.map(({ content }) => content)).toEqual([
      { type: 'choice', value: '4.2' },
      { type: 'choice', value: '4.1' },
      // No choice of that question, and not to be taken for one of another.
      { type: 'choice', value: '' },
      { type: 'text', text: 'apa ini?' },
    ])
  })

  it('takes a message that could not be opened when it comes again, without a word', async () => {
    await world.openReady({ graceMs: 5_000 })
    await world.ana.say('halo')
    await world.ana.say('rusak dulu', { garbled: 'resends' })
    await world.until(() => world.received.length === 2, 'it came again')
    expect(world.received[1]!.content).toEqual({ type: 'text', text: 'rusak dulu' })
  })

  it('asks once to send again when messages cannot be opened', async () => {
    await world.openReady({ graceMs: 20 })
    await world.ana.say('halo')
    await world.ana.say('rusak', { garbled: 'nothing' })
    await world.until(() => world.received.length === 2, 'the person is asked')
    await world.ana.say('rusak lagi', { garbled: 'nothing' })
    await world.ana.say('ini bisa')
    await world.until(() => world.received.length === 3, 'it hears')
    expect(world.received.map(({ content }) => content)).toEqual([
      { type: 'text', text: 'halo' },
      { type: 'unreadable', what: 'undecryptable' },
      { type: 'text', text: 'ini bisa' },
    ])
    expect(world.ana.receipts.some(({ type }) => type === 'retry')).toBe(true)
  })

  it('keeps sessions small through a long talk, in which a message of long ago that comes again changes nothing', async () => {
    const channel = await world.openReady({ graceMs: 50 })
    const ids: string[] = []
    let largest = 0
    const { writeKeys } = world.store
    world.store.writeKeys = (entries) => {
      for (const { type, value } of entries)
        if (type === 'session') largest = Math.max(largest, value?.length ?? 0)
      return writeKeys(entries)
    }
    for (let number = 1; number <= 40; number += 1) {
      ids.push(await world.ana.say(String(number)))
      await world.until(() => world.received.length === number, 'it came in')
      await channel.send(world.received[0]!.from, { text: String(number) }, String(number), reply(number))
      await world.ana.waitFor(number)
    }
    expect(largest).toBeGreaterThan(0)
    expect(largest).toBeLessThan(3_500)
    await world.ana.repeat(ids[2]!)
    await world.ana.say('dan lagi')
    await world.until(() => world.received.length > 40, 'the talk goes on')
    await world.until(() => world.account.outstanding() === 0, 'all is confirmed')
    expect(world.received.slice(40).map(({ content }) => content)).toEqual([
      { type: 'text', text: 'dan lagi' },
    ])
    expect(world.ana.inbox).toHaveLength(40)
  })

  it('keeps the order of each chat and loses nothing when a thousand messages come and go', async () => {
    const channel = await world.openReady()
    const people = [world.ana, world.budi]
    const each = 500
    for (let number = 0; number < each; number += 1) {
      for (const person of people) void person.say(String(number))
    }
    await world.until(() => world.received.length === 2 * each, 'all came in', 60_000)
    const numbers = Array.from({ length: each }, (_, number) => String(number))
    for (const person of people) {
      const texts = world.received
        .filter(({ from }) => from.id === person.lid)
        .map(({ content }) => 'text' in content && content.text)
      expect(texts).toEqual(numbers)
    }
    const sendAll = async (person: (typeof people)[number], first: number) => {
      const to = { channel: 'whatsapp' as const, account: 'main', id: person.lid }
      for (const number of numbers)
        await channel.send(to, { text: number }, number, reply(first + Number(number)))
    }
    await Promise.all(people.map((person, index) => sendAll(person, index * each)))
    for (const person of people) {
      expect((await person.waitFor(each)).map(({ text }) => text)).toEqual(numbers)
      expect(person.arrivals.length).toBe(each)
    }
    await world.until(
      () => world.progress.filter(({ state }) => state === 'delivered').length === 2 * each,
      'all were delivered',
      30_000,
    )
  }, 120_000)
})
