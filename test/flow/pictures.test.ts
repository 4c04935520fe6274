import { describe, expect, it } from 'vitest'
import { outgoingOf } from '../../src/conversation/outgoing-of.ts'
import { emptySession } from '../../src/flow/session.ts'
import { mustLoad, sampleFiles } from './sample-flows.ts'
import { talk } from './talk.ts'

const shop = `
flow: toko
title: Toko
opens_with: [toko]
start: start
steps:
  start: { ask: Nama?, as: text, save: name, next: shown }
  shown: { say: "{{name}}", picture: poster, next: list }
  list:
    choose: Lihat?
    picture: poster
    options: [{ label: Teruskan, goes_to: asked }]
  asked: { ask: Harga?, picture: poster, as: price, save: price, next: menu/start }
entrances: { shown: [name, poster], list: [poster], asked: [poster] }
`
const flows = mustLoad([
  ...sampleFiles(),
  { path: 'flows/toko.yaml', text: shop.replace('next: shown', 'next: menu/start') },
])
const pictures = ({ turn }: ReturnType<typeof talk>) => turn.messages.map((message) => message.pictures)

describe('advance, where pictures go with a text', () => {
  it('sends those that a value names, with what is said and with what is asked', () => {
    const chat = talk(flows, emptySession())
    chat.open('toko/shown', { name: 'Abon', poster: 'p1 p2' })
    expect(pictures(chat)).toEqual([
      ['p1', 'p2'],
      ['p1', 'p2'],
    ])
    expect(chat.buttons).toContain('Teruskan')
  })

  it('sends none where the value is empty', () => {
    const chat = talk(flows, emptySession())
    chat.open('toko/list', { poster: '' })
    expect(pictures(chat)).toEqual([undefined])
  })

  it('sends them once, and not again with the same question', () => {
    const chat = talk(flows, emptySession())
    chat.open('toko/asked', { poster: 'p1' })
    expect(pictures(chat)).toEqual([['p1']])
    chat.say('entah')
    expect(pictures(chat)).toEqual([undefined])
  })
})

describe('outgoingOf', () => {
  it('names pictures as photos', () => {
    const option = { label: 'Ya', value: '1.1' }
    expect(outgoingOf({ text: 'Abon', options: [option], pictures: ['p1'] })).toEqual({
      text: 'Abon',
      options: [option],
      media: [{ id: 'p1', type: 'photo', mime: 'image/jpeg' }],
    })
    expect(outgoingOf({ text: 'Abon' })).toEqual({ text: 'Abon' })
  })
})
