import { describe, expect, it } from 'vitest'
import { advance } from '../../src/flow/engine.ts'
import type { FlowSet, Step } from '../../src/flow/flow-set.ts'
import { MAX_CALLS_A_TURN, MAX_TRAIL } from '../../src/flow/limits.ts'
import { mustLoad } from './sample-flows.ts'
import { talk } from './talk.ts'

const flows = mustLoad()
const now = new Date('2026-01-05T01:00:00Z')

/** Flows that no loader would pass: one step is put in the place of another. */
function withStep(path: string, change: (step: Step) => Step): FlowSet {
  const steps = new Map(flows.steps)
  steps.set(path, change(steps.get(path)!))
  return { ...flows, steps }
}

describe('advance, in a flow that loops', () => {
  it('throws when steps follow one another without end', () => {
    const looping = withStep('menu/bot', (step) => ({ ...step, next: 'menu/bot' }) as Step)
    expect(() => talk(looping).say('menu', '3')).toThrow(/more than 50 steps in a turn, at menu\/bot/)
  })

  it('throws when actions follow one another without end', () => {
    const chat = talk(flows)
    chat.say('pelatihan')
    const busy = { ...chat.session, calls: MAX_CALLS_A_TURN }
    const looping = withStep(
      'pelatihan/list',
      (step) => ({ ...step, outcomes: new Map([['found', 'pelatihan/list']]) }) as Step,
    )
    const set = new Map(looping.flows)
    const flow = set.get('pelatihan')!
    set.set('pelatihan', {
      ...flow,
      steps: new Map([...flow.steps, ['list', looping.steps.get('pelatihan/list')!]]),
    })
    const outcome = { type: 'outcome', outcome: 'found', values: {}, now } as const
    expect(() => advance({ ...looping, flows: set }, busy, outcome)).toThrow(/actions in a row/)
  })

  it('remembers only so many questions to go back through', () => {
    const chat = talk(flows)
    const courses = [{ id: 'c1', name: 'Kelas 1', seats: 1 }]
    chat.say('pelatihan')
    chat.outcome('found', { courses })
    for (let i = 0; i < MAX_TRAIL; i++) {
      chat.say('1', 'ya', '30', 'lewati')
      chat.send({ type: 'media', mediaId: 'm', mediaType: 'photo', caption: '', now })
      chat.send({ type: 'location', latitude: 0, longitude: 0, now })
      chat.outcome('full', { courses })
    }
    expect(chat.session.trail).toHaveLength(MAX_TRAIL)
  })

  it('refuses to open a step that does not exist', () => {
    expect(() => talk(flows).open('menu/nothing')).toThrow('there is no step menu/nothing')
  })
})
