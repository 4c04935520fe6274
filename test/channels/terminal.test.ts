import { describe, expect, it } from 'vitest'
import { hasPresence, type IncomingMessage, type OutgoingMessage } from '../../src/channels/channel.ts'
import { createTerminalChannel } from '../../src/channels/terminal.ts'

describe('createTerminalChannel', () => {
  it('hands a line over as a message of the person, each with an id of its own', async () => {
    const terminal = createTerminalChannel({ id: 'ina', now: () => 5_000 })
    const received: IncomingMessage[] = []
    await terminal.start(async (message) => {
      received.push(message)
    })
    await terminal.say('menu')
    await terminal.hand({ type: 'choice', value: 'b' })
    expect(received).toMatchObject([
      {
        from: { channel: 'terminal', account: 'main', id: 'ina' },
        sentAt: new Date(5_000),
        content: { text: 'menu' },
      },
      { content: { type: 'choice', value: 'b' } },
    ])
    expect(new Set(received.map(({ externalId }) => externalId)).size).toBe(2)
  })

  it('rejects a line that could not be received', async () => {
    const terminal = createTerminalChannel({ id: 'ina' })
    await expect(terminal.say('menu')).rejects.toThrow('does not run')
    await terminal.start(async () => {
      throw new Error('full')
    })
    await expect(terminal.say('menu')).rejects.toThrow('full')
  })

  it('shows what is sent to its person, in order, and nothing of others', async () => {
    const terminal = createTerminalChannel({ id: 'ina' })
    const shown: OutgoingMessage[] = []
    terminal.onMessage((message) => shown.push(message))
    await terminal.start(async () => undefined)
    expect(await terminal.send(terminal.address, { text: 'satu' }, '1')).toEqual({ externalId: '1' })
    await terminal.send(terminal.address, { text: 'dua' }, '2')
    await expect(
      terminal.send({ ...terminal.address, id: 'budi' }, { text: 'x' }, '3'),
    ).rejects.toMatchObject({
      kind: 'unavailable',
    })
    expect(shown.map(({ text }) => text)).toEqual(['satu', 'dua'])
  })

  it('has its person present only while it runs', async () => {
    const terminal = createTerminalChannel({ id: 'ina' })
    const came: string[] = []
    terminal.onPresent(({ id }) => came.push(id))
    expect(terminal.isPresent(terminal.address)).toBe(false)
    await terminal.start(async () => undefined)
    expect([terminal.isPresent(terminal.address), came]).toEqual([true, ['ina']])
    expect(terminal.isPresent({ ...terminal.address, id: 'budi' })).toBe(false)
    await terminal.stop()
    expect(terminal.isPresent(terminal.address)).toBe(false)
    await expect(terminal.send(terminal.address, { text: 'x' }, '1')).rejects.toMatchObject({
      kind: 'unavailable',
    })
  })

  it('tells its callers that it knows about presence', () => {
    expect(hasPresence(createTerminalChannel({ id: 'ina' }))).toBe(true)
  })
})
