import { proto } from '@whiskeysockets/baileys'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messageIdOf } from '../../src/channels/whatsapp-parts.ts'
import { readProgress, type StatusNews } from '../../src/channels/whatsapp-progress.ts'

const now = new Date('2026-01-02T03:04:05Z')
const sent = 1_700_000_000
const token = '0123456789abcdef'
const { Status } = proto.WebMessageInfo

/** News of a part of ours, as an update of the library tells them. */
function news(change: Partial<StatusNews> = {}, partsLeft = 0): StatusNews {
  return {
    key: { id: messageIdOf(token, partsLeft), fromMe: true },
    status: Status.DELIVERY_ACK,
    messageTimestamp: sent,
    ...change,
  }
}

describe('readProgress', () => {
  it.each([
    ['delivered', Status.DELIVERY_ACK],
    ['read', Status.READ],
    ['read', Status.PLAYED],
  ])('says %s on %i, at the time that is told', (state, status) => {
    expect(readProgress(news({ status }), now)).toEqual({ token, state, at: new Date(sent * 1_000) })
  })

  it.each([
    ['that is on its way', Status.PENDING],
    ['that only the server has', Status.SERVER_ACK],
    ['without a status', null],
  ])('says nothing of a message %s', (_what, status) => {
    expect(readProgress(news({ status }), now)).toBeUndefined()
  })

  it('says nothing of a message on news of something else', () => {
    expect(readProgress({ key: news().key }, now)).toBeUndefined()
  })

  it('says nothing of parts that others follow, however far they came', () => {
    for (const status of [Status.DELIVERY_ACK, Status.READ, Status.PLAYED]) {
      for (const partsLeft of [1, 2, 255]) {
        expect(readProgress(news({ status }, partsLeft), now)).toBeUndefined()
      }
    }
  })

  it.each([
    ['463', 'restricted'],
    ['479', 'refused'],
    [undefined, 'refused'],
  ])('says why a message failed: %s is %s', (code, failure) => {
    const parameters = code === undefined ? null : [code, 'Your account has been restricted']
    const refused = news({ status: Status.ERROR, messageStubParameters: parameters })
    expect(readProgress(refused, now)).toEqual({ token, state: 'failed', at: now, failure })
  })

  it('says nothing of a message that may be tried again', () => {
    const refused = news({ status: Status.ERROR, messageStubParameters: ['429'] })
    expect(readProgress(refused, now)).toBeUndefined()
  })

  it('says that a message failed when any part of it did', () => {
    const refused = news({ status: Status.ERROR, messageStubParameters: ['463'] }, 2)
    expect(readProgress(refused, now)).toMatchObject({ token, state: 'failed' })
  })

  it.each<[string, StatusNews['key']]>([
    ['of somebody else', { id: messageIdOf(token, 0), fromMe: false }],
    ['of nobody', { id: messageIdOf(token, 0) }],
    ['that the phone of the account sent', { id: '3AF0123456789ABCDEF0', fromMe: true }],
    ['that another linked device sent', { id: '3EB0F04F8D4D2B4D1B9D', fromMe: true }],
    ['without an id', { fromMe: true }],
    ['with an id that is nothing', { id: null, fromMe: true }],
  ])('says nothing of a message %s', (_what, key) => {
    for (const status of [Status.ERROR, Status.DELIVERY_ACK, Status.READ]) {
      expect(readProgress(news({ key, status }), now)).toBeUndefined()
    }
  })

  it('reads a message of ours that comes back with its status, as the library decodes it', () => {
    const { key } = news()
    const bytes = proto.WebMessageInfo.encode({ key, status: Status.READ, messageTimestamp: sent }).finish()
    const echo = proto.WebMessageInfo.decode(bytes)
    expect(typeof echo.messageTimestamp).toBe('object')
    const read = { token, state: 'read', at: new Date(sent * 1_000) }
    expect(readProgress({ ...echo, key: echo.key ?? {} }, now)).toEqual(read)
  })

  it.each<[string, unknown, Date]>([
    ['a text', String(sent), new Date(sent * 1_000)],
    ['this second', now.getTime() / 1_000, now],
    ['the future', now.getTime() / 1_000 + 1, now],
    ['the year 2100', 4_102_444_800, now],
    ['1970', 0, now],
    ['before 1970', -5, now],
    ['no time', undefined, now],
    ['nothing', null, now],
    ['no number', Number.NaN, now],
    ['for ever', Number.POSITIVE_INFINITY, now],
    ['words', 'kemarin', now],
  ])('dates what is told by %s', (_what, messageTimestamp, at) => {
    expect(readProgress(news({ messageTimestamp }), now)?.at).toEqual(at)
  })

  it('never takes a message for delivered before a receipt of its last part, nor dates anything later than now', () => {
    const told = fc.record(
      {
        status: fc.integer({ min: -1, max: 7 }),
        messageTimestamp: fc.oneof(fc.double(), fc.string(), fc.constant(undefined), fc.constant(null)),
        messageStubParameters: fc.array(fc.string()),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(told, fc.integer({ min: 0, max: 255 }), (change, partsLeft) => {
        const progress = readProgress(news({ status: null, ...change }, partsLeft), now)
        if (progress === undefined) return
        expect(progress.token).toBe(token)
        expect(progress.at.getTime()).toBeLessThanOrEqual(now.getTime())
        if (progress.state === 'failed') expect(change.status).toBe(0)
        else {
          expect(partsLeft).toBe(0)
          expect(change.status).toBeGreaterThanOrEqual(progress.state === 'read' ? 4 : 3)
        }
      }),
    )
  })
})
