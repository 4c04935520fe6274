import { commandWords } from './command-words.ts'
import { compileStep } from './compile-step.ts'
import { compileSystem } from './compile-system.ts'
import type { FlowFile } from './flow-file.ts'
import { flowOf } from './flow-of.ts'
import type { Flow, FlowLanguage, FlowSet, Intent, Step } from './flow-set.ts'
import { contentHash } from './hash.ts'
import type { SystemFile } from './system-file.ts'
import { targetPath } from './target.ts'
import type { Write } from './template.ts'

/** What a flow set is made of: files that passed every check, and what the checks found out. */
export interface Sound {
  readonly files: readonly FlowFile[]
  readonly system: SystemFile
  readonly given: ReadonlyMap<string, readonly string[]>
  readonly language: FlowLanguage
  readonly write: Write
}

/** Makes a flow set of sound files: everything that can be worked out once is worked out here. */
export function compile(sound: Sound): FlowSet {
  const byName = new Map(sound.files.map((file) => [file.flow, file]))
  const resolve = (target: string, flow: string) => targetPath(target, flow, (name) => byName.get(name))
  const fold = (text: string) => sound.language.normalise(text).text
  const system = compileSystem(sound.system, { resolve, fold })
  const flows = new Map(
    sound.files.map((file): [string, Flow] => {
      const steps = [...file.steps].map(([id, step]): [string, Step] => [
        id,
        compileStep(step, { id, flow: file.flow, resolve, fold, system }),
      ])
      const start = `${file.flow}/${file.start}`
      return [
        file.flow,
        { name: file.flow, title: file.title, hash: contentHash(file.source), start, steps: new Map(steps) },
      ]
    }),
  )
  return {
    flows,
    steps: new Map([...flows.values()].flatMap((flow) => [...flow.steps.values()].map((s) => [s.path, s]))),
    system,
    commands: commandWords(sound.system, fold),
    opens: new Map(
      sound.files.flatMap((file) =>
        file.opens_with.map((word) => [fold(word), `${file.flow}/${file.start}`]),
      ),
    ),
    numbered: new Map(
      sound.files.flatMap(({ flow, opens_with_number }) =>
        Object.entries(opens_with_number).map(([word, step]) => [fold(word), `${flow}/${step}`]),
      ),
    ),
    intents: compileIntents(sound.system.intents, sound.system.destructive, flows, resolve),
    topics: compileIntents(sound.system.topics, [], flows, resolve),
    given: sound.given,
    language: sound.language,
    write: sound.write,
  }
}

function compileIntents(
  intents: SystemFile['intents'],
  destructive: readonly string[],
  flows: FlowSet['flows'],
  resolve: (target: string, flow: string) => string,
): ReadonlyMap<string, Intent> {
  return new Map(
    Object.entries(intents).map(([label, { goes_to, title, told }]) => {
      const to = resolve(goes_to, '')
      const flow = flows.get(flowOf(to))
      const sure = destructive.includes(label)
      const instead = told && { to: resolve(told.goes_to, ''), words: told.words }
      return [label, { to, title: title ?? flow?.title ?? label, sure, told: instead }]
    }),
  )
}
