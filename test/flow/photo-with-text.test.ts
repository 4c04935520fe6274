import { describe, expect, it } from 'vitest'
import { emptySession, sessionSchema } from '../../src/flow/session.ts'
import { mustLoad, sampleFiles } from './sample-flows.ts'
import { talk } from './talk.ts'

const report = `
flow: lapor
title: Lapor
opens_with: [lapor]
start: write
steps:
  write: { ask: Apa yang terjadi?, as: text, save: message, photo: evidence, next: told }
  told: { say: "Kami terima: {{message}} ({{evidence}})", next: more }
  more: { ask: Ada tambahan?, as: text, save: message, photo: evidence, extra: true, next: told }
  note: { ask: Catatan?, as: text, save: message, photo: evidence, optional: true, next: told }
  plain: { ask: Tulis saja., as: text, save: message, next: menu/start }
entrances: { note: [], plain: [] }
`
const flows = mustLoad([...sampleFiles(), { path: 'flows/lapor.yaml', text: report }])
const now = new Date('2026-01-05T01:00:00Z')

/** A person who is asked for a text with which a photo may come. */
function asked(at = 'lapor/write') {
  const chat = talk(flows, emptySession())
  chat.open(at)
  const send = (caption: string, mediaType: 'photo' | 'document' = 'photo') =>
    chat.send({ type: 'media', mediaId: 'm1', mediaType, caption, now })
  return { chat, send }
}

describe('advance, where a photo may come with a text', () => {
  it.each(['photo', 'document'] as const)('takes a %s, and its words for the answer', (mediaType) => {
    const { chat, send } = asked()
    expect(send(' Jalan rusak ', mediaType)).toContain('Kami terima: Jalan rusak (m1)')
    expect(chat.session.values).toEqual({
      message: 'Jalan rusak',
      message_label: 'Jalan rusak',
      evidence: 'm1',
    })
    expect(chat.session.secrets).toEqual([])
  })

  it('takes one without words', () => {
    const { chat, send } = asked()
    send('')
    expect(chat.session.values).toMatchObject({ message: '', evidence: 'm1' })
  })

  it('has no photo with a typed answer, also after one with a photo', () => {
    const { chat, send } = asked()
    chat.say('Jalan rusak')
    expect(chat.session.values).toMatchObject({ message: 'Jalan rusak', evidence: '' })
    send('ini fotonya')
    expect(chat.session.values).toMatchObject({ evidence: 'm1' })
    chat.say('di depan pasar')
    expect(chat.session.values).toMatchObject({ message: 'di depan pasar', evidence: '' })
  })

  it.each(['bansos', 'beta mau tau bantuan', 'menu', 'batal', '2', 'selesai', 'petugas', 'lanjut'])(
    'follows nowhere what is written under a photo: %j',
    (caption) => {
      for (const at of ['lapor/write', 'lapor/more']) {
        const { chat, send } = asked(at)
        send(caption)
        expect(chat.place).toBe('lapor/more')
        expect(chat.session.values).toMatchObject({ message: caption, evidence: 'm1' })
      }
    },
  )

  it('adds a photo to the text of which it was asked whether it is an addition', () => {
    const { chat, send } = asked('lapor/more')
    expect(chat.say('beta mau tau bantuan')).toContain('2. Tambahkan')
    send('dan ini')
    expect(chat.session.values).toMatchObject({ message: 'beta mau tau bantuan\ndan ini', evidence: 'm1' })
    chat.say('beta mau tau bantuan')
    send('')
    expect(chat.session.values).toMatchObject({ message: 'beta mau tau bantuan', evidence: 'm1' })
  })

  it('keeps no photo of before when an addition is confirmed', () => {
    const { chat, send } = asked()
    send('foto')
    chat.say('beta mau tau bantuan', '2')
    expect(chat.session.values).toMatchObject({ message: 'beta mau tau bantuan', evidence: '' })
  })

  it('sets the name also when the answer is skipped', () => {
    const { chat } = asked('lapor/note')
    chat.say('lewati')
    expect(chat.session.values).toMatchObject({ message: null, evidence: '' })
  })

  it('takes no more words than a text may have', () => {
    const { chat, send } = asked()
    send(`${'a'.repeat(3_999)}\ud83d\ude00${'b'.repeat(9_000)}`)
    expect(String(chat.session.values.message).length).toBeLessThanOrEqual(4_000)
    expect(sessionSchema.parse(JSON.parse(JSON.stringify(chat.session)))).toEqual(chat.session)
  })

  it('forgets the photo with the answer on the way back', () => {
    const { chat, send } = asked()
    send('foto')
    chat.say('kembali')
    expect(chat.place).toBe('lapor/write')
    expect(chat.session.values).toEqual({})
  })

  it('still refuses a photo where only a text is asked for', () => {
    const { chat, send } = asked('lapor/plain')
    send('foto')
    expect(chat.place).toBe('lapor/plain')
  })
})
