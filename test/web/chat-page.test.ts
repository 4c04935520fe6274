import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createChatPage } from '../../src/web/chat/chat-page.ts'
import { addressOf, startWebWorld, type WebWorld, type WebWorldOptions } from '../support/web-world.ts'

const worlds: WebWorld[] = []
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

async function start(options: WebWorldOptions = {}): Promise<WebWorld> {
  const world = await startWebWorld(options)
  worlds.push(world)
  return world
}

async function pageOf(world: WebWorld, cookie: string, query = ''): Promise<string> {
  return (await fetch(`${world.url}/chat${query}`, { headers: { Cookie: cookie } })).text()
}

function photoForm(bytes: Uint8Array<ArrayBuffer>, name = 'foto.png'): FormData {
  const form = new FormData()
  form.append('id', randomUUID())
  form.append('photo', new File([bytes], name))
  return form
}

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

describe(createChatPage.name, () => {
  it('gives a visitor a cookie that scripts and other sites cannot use', async () => {
    const { url } = await start()
    const [cookie] = (await fetch(`${url}/chat`)).headers.getSetCookie()
    expect(cookie).toMatch(
      /^lopo=[\w-]{22}\.[a-z0-9]{8}\.[\w-]{22}; Max-Age=7776000; Path=\/chat; HttpOnly; SameSite=Lax$/,
    )
  })

  it('marks the cookie as secure when people come by https', async () => {
    const { url } = await start({ publicUrl: 'https://lopo.example' })
    const [cookie] = (await fetch(`${url}/chat`)).headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-lopo=[\w.-]+; Max-Age=\d+; Path=\/; HttpOnly; Secure;/)
  })

  it('keeps a visitor and makes a new one of a cookie that was not made here', async () => {
    const { url } = await start()
    const cookieFor = async (cookie: string) =>
      (await fetch(`${url}/chat`, { headers: { Cookie: cookie } })).headers.getSetCookie()[0]!.split(';')[0]!
    const mine = await cookieFor('')
    expect(await cookieFor(mine)).toBe(mine)
    const [secret, key, signed] = mine.slice('lopo='.length).split('.')
    const other = (letter: string) => (letter === 'A' ? 'B' : 'A')
    for (const forged of [
      'short',
      'A'.repeat(22),
      secret,
      `${other(secret![0]!)}${secret!.slice(1)}.${key}.${signed}`,
      `${secret}.${key}.${other(signed![0]!)}${signed!.slice(1)}`,
      `${secret}.nokey000.${signed}`,
    ]) {
      const given = await cookieFor(`lopo=${forged}`)
      expect(given).toMatch(/^lopo=[\w-]{22}\.[a-z0-9]{8}\.[\w-]{22}$/)
      expect(given).not.toContain(secret)
    }
  })

  it('knows a visitor after a restart and a new key, by the key that signed the cookie', async () => {
    const [old, current] = [newKeyEntry(), newKeyEntry()]
    const before = await start({ secrets: createKeyring([old]) })
    const cookie = await before.visit()
    await before.post('/chat/messages', cookie, { id: randomUUID(), text: 'halo' })
    const after = await start({ secrets: createKeyring([current, old]) })
    await after.post('/chat/messages', cookie, { id: randomUUID(), text: 'halo' })
    expect(addressOf(after)).toEqual(addressOf(before))
    const elsewhere = await start({ secrets: createKeyring([current]) })
    const refused = await elsewhere.post('/chat/messages', cookie, { id: randomUUID(), text: 'halo' })
    expect(refused.status).toBe(403)
  })

  it('derives from the cookie an address that does not hold it', async () => {
    const world = await start()
    const cookie = await world.visit()
    await world.post('/chat/messages', cookie, { id: randomUUID(), text: 'halo' })
    expect(JSON.stringify(addressOf(world))).not.toContain(cookie.split('=')[1])
  })

  it('forgets the visitor on leaving', async () => {
    const world = await start()
    const response = await world.post('/chat/leave', await world.visit(), new URLSearchParams())
    expect(response.status).toBe(303)
    expect(response.headers.getSetCookie()[0]).toMatch(/^lopo=; Max-Age=0; Path=\/chat/)
  })

  it('shows the history with safe links and options as buttons, and may not be stored', async () => {
    const world = await start()
    const cookie = await world.visit()
    await world.post('/chat/messages', cookie, { id: randomUUID(), text: 'halo' })
    const at = new Date()
    const options = [{ label: '<b>Ya</b>', value: '1:1' }]
    const text = 'Lihat https://kupang.example/a?b=1&c=2. <script>alert(1)</script>\n1. <b>Ya</b>'
    world.history.set(addressOf(world).id, [{ id: '1', from: 'bot', text, options, at }])
    const response = await fetch(`${world.url}/chat`, { headers: { Cookie: cookie } })
    expect(response.headers.get('cache-control')).toBe('no-store')
    const page = await response.text()
    expect(page).toContain('<a href="https://kupang.example/a?b=1&amp;c=2" rel="noopener noreferrer">')
    expect(page).toContain(
      '<button name="choice" value="1:1"><span class="number">1</span> <span>&lt;b&gt;Ya',
    )
    expect(page).not.toContain('<script>alert')
    expect(page).not.toContain('<b>Ya')
  })

  it('shows a link to a private form that stands alone as a button, when the bot says it', async () => {
    const world = await start()
    const cookie = await world.visit()
    await world.post('/chat/messages', cookie, { id: randomUUID(), text: 'halo' })
    const link = `https://kupang.example/cek/${'a'.repeat(43)}`
    const show = async (from: 'bot' | 'person', text: string) => {
      world.history.set(addressOf(world).id, [{ id: '1', from, text, at: new Date() }])
      return pageOf(world, cookie)
    }
    const button = `<a class="button" href="${link}" rel="noopener noreferrer">${world.texts.chat.private_page}</a>`
    expect(await show('bot', `Buka halaman ini:\n${link}\n\nBerlaku 15 menit.`)).toContain(button)
    for (const page of [
      await show('bot', `Buka ${link}`),
      await show('bot', `${link}/x`),
      await show('person', link),
    ]) {
      expect(page).not.toContain('class="button" href="https:')
      expect(page).toContain(`<a href="${link}`)
    }
  })

  it('offers a way to begin when nothing was said yet', async () => {
    const world = await start()
    const page = await pageOf(world, await world.visit())
    for (const { text } of world.texts.chat.starters) expect(page).toContain(`name="text" value="${text}"`)
  })

  it('takes a plain form and shows the answer that came meanwhile', async () => {
    const world = await start({
      async receive({ from }, { channel, history }) {
        const entry = { id: '1', from: 'bot', text: 'Selamat datang', at: new Date() } as const
        setImmediate(async () => {
          await channel.send(from, entry, '1')
          history.set(from.id, [entry])
        })
      },
    })
    const cookie = await world.visit()
    const form = new URLSearchParams({ id: randomUUID(), text: 'halo' })
    const response = await world.post('/chat/messages', cookie, form)
    expect([response.status, response.headers.get('location')]).toEqual([303, '/chat#latest'])
    expect(await pageOf(world, cookie)).toContain('Selamat datang')
    expect(world.received[0]!.content).toEqual({ type: 'text', text: 'halo' })
  })

  it('takes an option as a plain form', async () => {
    const world = await start({ limits: { reader: { first: 1, next: 1 } } })
    const form = new URLSearchParams({ id: randomUUID(), choice: '1:2' })
    expect((await world.post('/chat/messages', await world.visit(), form)).status).toBe(303)
    expect(world.received[0]!.content).toEqual({ type: 'choice', value: '1:2' })
  })

  it('makes a visitor without script present while the page waits for answers', async () => {
    const world = await start({ limits: { reader: { first: 5000, next: 1 } } })
    const cookie = await world.visit()
    const delivered: string[] = []
    world.channel.onPresent(async (address) => {
      await world.channel.send(address, { text: 'jawaban' }, '5')
      delivered.push('5')
    })
    await pageOf(world, cookie, '?wait=1')
    expect(delivered).toEqual(['5'])
  })

  it('answers a plain form that it does not take with the page and a sentence', async () => {
    const world = await start({ limits: { messagesOfVisitor: { burst: 0, perSecond: 1 } } })
    const form = new URLSearchParams({ id: randomUUID(), text: 'halo' })
    const response = await world.post('/chat/messages', await world.visit(), form)
    expect(response.status).toBe(429)
    expect(await response.text()).toContain(world.texts.chat.refused.too_fast)
  })

  it('keeps a photo by what its content says', async () => {
    const world = await start()
    const cookie = await world.visit()
    const response = await world.post('/chat/media', cookie, photoForm(PNG, 'foto.jpg'), {
      Accept: 'application/json',
    })
    expect(response.status).toBe(202)
    const [id, file] = [...world.media][0]!
    expect(file.mime).toBe('image/png')
    expect(world.received[0]!.content).toEqual({
      type: 'media',
      media: { id, type: 'photo', mime: 'image/png' },
      caption: '',
    })
    const shown = await fetch(`${world.url}/chat/media/${id}`, { headers: { Cookie: cookie } })
    expect(shown.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(PNG)
    expect((await fetch(`${world.url}/chat/media/${id}`)).status).toBe(404)
  })

  it('shows a file to nobody but the chat that it is part of', async () => {
    const world = await start()
    const cookie = await world.visit()
    await world.post('/chat/media', cookie, photoForm(PNG), { Accept: 'application/json' })
    const stranger = await world.visit()
    await world.post('/chat/messages', stranger, { id: randomUUID(), text: 'halo' })
    const [id] = [...world.media.keys()]
    const statusFor = async (who: string) =>
      (await fetch(`${world.url}/chat/media/${id}`, { headers: { Cookie: who } })).status
    expect([await statusFor(cookie), await statusFor(stranger)]).toEqual([200, 404])
    const shown = [{ id: id!, type: 'photo', mime: 'image/png' }] as const
    const entry = { id: '1', text: '', media: shown, at: new Date() }
    world.history.set(addressOf(world).id, [{ ...entry, from: 'person' }])
    expect(await statusFor(stranger)).toBe(404)
    world.history.set(addressOf(world).id, [{ ...entry, from: 'bot' }])
    expect(await statusFor(stranger)).toBe(200)
  })

  it('says that the photos of the day are too many, and does not ask to try again', async () => {
    const world = await start()
    world.photosFull = true
    const response = await world.post('/chat/media', await world.visit(), photoForm(PNG), {
      Accept: 'application/json',
    })
    expect([response.status, response.headers.get('retry-after')]).toEqual([413, null])
    expect(await response.json()).toMatchObject({ message: world.texts.chat.refused.photos_too_many })
    expect(world.received).toEqual([])
  })

  it.each([
    ['a file that is no photo', Buffer.from('<svg onload=alert(1)>'), 415],
    ['an empty file', Buffer.alloc(0), 415],
    ['a photo over 10 MB', Buffer.concat([PNG, Buffer.alloc(10 * 1024 * 1024)]), 413],
  ])('refuses %s', async (_, bytes, status) => {
    const world = await start()
    const form = photoForm(new Uint8Array(bytes))
    const response = await world.post('/chat/media', await world.visit(), form, {
      Accept: 'application/json',
    })
    expect(response.status).toBe(status)
    expect(world.received).toEqual([])
    expect(world.media.size).toBe(0)
  })
})
