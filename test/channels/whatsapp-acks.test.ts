import { describe, expect, it } from 'vitest'
import { createAcks } from '../../src/channels/whatsapp-acks.ts'

const stanza = (id: string, error?: string) => ({
  tag: 'ack',
  attrs: { id, class: 'message', ...(error && { error }) },
})

const written = Promise.resolve()

describe('createAcks', () => {
  it('resolves when the server took the message', async () => {
    const acks = createAcks(60_000)
    const waited = acks.wait('A', written)
    acks.note(stanza('B'))
    acks.note(stanza('A'))
    await waited
  })

  it.each([
    ['463', 'restricted', false],
    ['429', 'too_fast', true],
    ['479', 'refused', false],
  ])('tells what the code %s means', async (code, kind, retryable) => {
    const acks = createAcks(60_000)
    const waited = acks.wait('A', written)
    acks.note(stanza('A', code))
    await expect(waited).rejects.toMatchObject({ kind, retryable })
  })

  it('says that nobody knows when the time is over or the connection is gone', async () => {
    await expect(createAcks(1).wait('A', written)).rejects.toMatchObject({ kind: 'unknown' })
    const acks = createAcks(60_000)
    const waited = acks.wait('A', written)
    acks.abandon()
    await expect(waited).rejects.toMatchObject({ kind: 'unknown' })
  })

  it('passes over what it cannot read', () => {
    expect(() => createAcks(1).note({ attrs: { id: 7 } })).not.toThrow()
  })
})
