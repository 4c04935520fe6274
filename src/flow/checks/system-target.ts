import { type Check, systemTargets } from '../draft.ts'

/** Commands and intents lead to steps that exist, and every destructive intent is an intent. */
export const systemTarget: Check = ({ system, systemPath, nodes, resolve, language }) => [
  ...systemTargets(system)
    .filter(({ target }) => !nodes.has(resolve(target, '')))
    .map(({ where, target }) => ({
      file: systemPath,
      step: '',
      what: `${where} leads to "${target}", which is not a step`,
    })),
  ...Object.keys(system.intents)
    .filter((label) => !language.intents.includes(label))
    .map((label) => ({
      file: systemPath,
      step: '',
      what: `intents.${label}: intents.yaml has no such intent`,
    })),
  ...Object.keys(system.topics)
    .filter((name) => !language.topics.includes(name))
    .map((name) => ({ file: systemPath, step: '', what: `topics.${name}: intents.yaml has no such topic` })),
  ...system.destructive
    .filter((label) => system.intents[label] === undefined)
    .map((label) => ({
      file: systemPath,
      step: '',
      what: `destructive: "${label}" is not among the intents`,
    })),
]
