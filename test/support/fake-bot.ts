import type { Address, IncomingMessage, OutgoingMessage } from '../../src/channels/channel.ts'
import type { HistoryEntry } from '../../src/channels/webchat-history.ts'
import type { WebWorld } from './web-world.ts'

/** A bot behind the web chat: it keeps the history, hears a message once, and answers what the script says. */
export interface FakeBot {
  receive(message: IncomingMessage, world: WebWorld): Promise<void>
  /** Says something unasked; it waits in the history when no page is open. */
  say(world: WebWorld, to: Address, message: OutgoingMessage): Promise<void>
}

const menu = {
  text: 'Ada yang dapat dibantu, Bapak/Ibu?\n1. Cek bantuan sosial\n2. Tanya soal bantuan\n3. Cara mengenali bot asli\n0. Bicara dengan petugas',
  options: [
    { label: 'Cek bantuan sosial', value: '1:1' },
    { label: 'Tanya soal bantuan', value: '1:2' },
    { label: 'Cara mengenali bot asli', value: '1:3' },
    { label: 'Bicara dengan petugas', value: '1:0' },
  ],
}

const answers: Readonly<Record<string, readonly OutgoingMessage[]>> = {
  menu: [
    {
      text: 'Selamat datang di Lopo, layanan Pemerintah Kota Kupang. Ini bot, bukan orang. Yang ditulis di sini dipakai hanya untuk menjawab. Selengkapnya: https://lopo.example/data.',
    },
    menu,
  ],
  '1:1': [{ text: 'Tanggal lahir Bapak/Ibu? Contoh: 17-08-1980' }],
  '17-08-1980': [{ text: 'Tinggal di kelurahan apa?' }],
  oesapa: [
    {
      text: 'M*** B***: PKH (Program Keluarga Harapan) YA, tahap 2 tahun 2026.\nSumber: daftar P3KE, data per 1 Februari 2023. Ini bukan keputusan.',
    },
    { ...menu, text: menu.text.replace('Ada yang dapat dibantu, Bapak/Ibu?', 'Ada lagi?') },
  ],
}

/** A bot with a short script; anything else gets the menu. */
export function createFakeBot(): FakeBot {
  const heard = new Set<string>()
  let lastId = 0
  const keep = (world: WebWorld, to: Address, entry: HistoryEntry) => {
    world.history.set(to.id, [...(world.history.get(to.id) ?? []), entry])
  }
  const say = async (world: WebWorld, to: Address, message: OutgoingMessage) => {
    lastId += 1
    const id = String(lastId)
    keep(world, to, { ...message, id, from: 'bot', at: new Date() })
    if (world.channel.isPresent(to)) await world.channel.send(to, message, id)
  }
  return {
    say,
    async receive({ from, externalId, content }, world) {
      if (heard.has(externalId)) return
      heard.add(externalId)
      const said = wordsOf(content)
      keep(world, from, { id: externalId, from: 'person', text: labelOf(said), at: new Date() })
      setImmediate(async () => {
        for (const answer of answers[said.toLowerCase()] ?? [menu]) await say(world, from, answer)
      })
    },
  }
}

function wordsOf(content: IncomingMessage['content']): string {
  if (content.type === 'text') return content.text
  return content.type === 'choice' ? content.value : content.type
}

function labelOf(said: string): string {
  return menu.options.find(({ value }) => value === said)?.label ?? said
}
