import { describe, expect, it } from 'vitest'
import { pressedLabel } from '../../src/flow/pressed-label.ts'
import { secretAnswer } from '../../src/flow/secret-answer.ts'
import { emptySession } from '../../src/flow/session.ts'
import { mustLoad } from './sample-flows.ts'
import { talk } from './talk.ts'

const flows = mustLoad()
const now = new Date('2026-01-05T01:00:00Z')

describe('secretAnswer', () => {
  it('tells what answers the secret question from all else', () => {
    const chat = talk(flows)
    const read = (text: string) => secretAnswer(flows, chat.session, { text, now })
    expect(read('17-08-1980')).toBe('not_asked')
    chat.say('bansos')
    expect(read('17-08-1980')).toBe('answer')
    expect(read('terima kasih banyak pak')).toBe('other')
    chat.say('17-08-1980')
    expect(read('alak')).toBe('not_asked')
  })

  it('counts the secret question of a form that was left, and takes no other text for its answer', () => {
    const chat = talk(flows)
    chat.say('bansos')
    chat.say('pelatihan')
    const read = (text: string) => secretAnswer(flows, chat.session, { text, now })
    expect(chat.session.kept).toMatchObject({ step: 'birth_date' })
    expect(read('17-08-1980')).toBe('answer')
    expect(read('datang jam 9')).toBe('not_asked')
    chat.say('lanjut')
    expect(read('datang jam 9')).toBe('other')
  })
})

describe('pressedLabel', () => {
  it('finds the label of a button of the open question only', () => {
    const chat = talk(flows)
    chat.say('menu')
    const [first, second] = chat.turn.messages[0]!.options!
    expect(pressedLabel(flows, chat.session, second!.value)).toBe(second!.label)
    chat.say('bansos')
    expect(pressedLabel(flows, chat.session, first!.value)).toBeUndefined()
    expect(pressedLabel(flows, emptySession(), 'rusak')).toBeUndefined()
  })
})
