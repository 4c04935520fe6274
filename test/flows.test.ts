import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ground } from '../src/app-parts.ts'
import { readScripts } from '../src/cli/flows-test.ts'
import { type Played, playScripts } from '../src/cli/play-scripts.ts'
import { readFixtures } from '../src/cli/script-fixtures.ts'
import { openTestGround } from './support/test-app.ts'

let ground: Ground
let played: Played

beforeAll(async () => {
  ground = await openTestGround()
  played = await playScripts(ground, readScripts(ground.texts), readFixtures(ground.texts.fixtures))
}, 240_000)
afterAll(() => ground.storage.close())

describe('the flows of the house', () => {
  it('do what their scripts say', () => expect(played.failures).toEqual([]))

  it('have no step that no script visits', () => expect(played.unvisited).toEqual([]))
})

describe('playScripts', () => {
  it('tells which line of which script the bot does not keep to', async () => {
    const [script] = readScripts({
      ...ground.texts,
      scripts: [
        {
          path: 'flows/x.test.yaml',
          text: `
- script: Salah
  given: { now: 2026-01-05T09:00+08:00 }
  lines:
    - warga: menu
    - bot: kalimat yang tidak pernah dikatakan
    - effect: { name: permintaan, jumlah: 7 }`,
        },
      ],
    })
    const { failures } = await playScripts(ground, [script!], {})
    expect(failures).toHaveLength(2)
    expect(failures[0]).toContain('Salah: line 1: expected "kalimat yang tidak pernah dikatakan"')
    expect(failures[1]).toContain('expected permintaan 7, found 0')
  })
})
