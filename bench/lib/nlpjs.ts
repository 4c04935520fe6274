import { createRequire } from 'node:module'
import type { Classifier } from './classifier.ts'

/** The part of NLP.js that the benchmark uses. */
interface Container {
  use(plugin: unknown): void
  registerConfiguration(name: string, settings: Readonly<Record<string, unknown>>): void
  get(name: 'nlp'): Nlp
}

interface Nlp {
  readonly settings: Record<string, unknown>
  readonly nluManager: { readonly settings: Record<string, unknown> }
  addLanguage(locale: string): void
  addDocument(locale: string, text: string, intent: string): void
  train(): Promise<unknown>
  classify(locale: string, text: string): Promise<{ classifications: { intent: string }[]; intent: string }>
}

interface Parts {
  core: { containerBootstrap(): Promise<Container> }
  nlp: { readonly Nlp: unknown }
  lang: { readonly LangId: unknown }
}

/**
 * NLP.js with its Indonesian stemmer and its correction of spelling, classifying only: no entities and no sentiment. Undefined
 * when it is not installed.
 */
export function findNlpjs(): Classifier | undefined {
  const parts = load()
  if (parts === undefined) return undefined
  return {
    name: 'NLP.js 4.27',
    async train(examples) {
      const nlp = await createNlp(parts)
      for (const { text, label } of examples) nlp.addDocument('id', text, label)
      await nlp.train()
      return async (text) => {
        const { intent, classifications } = await nlp.classify('id', text)
        const label = intent === 'None' ? 'other' : intent
        return { acts: label, first: label, offers: classifications.slice(0, 2).map((one) => one.intent) }
      }
    },
  }
}

async function createNlp({ core, nlp: { Nlp }, lang: { LangId } }: Parts): Promise<Nlp> {
  const container = await core.containerBootstrap()
  container.use(Nlp)
  container.use(LangId)
  const nlp = container.get('nlp')
  nlp.settings.autoSave = false
  nlp.nluManager.settings.log = false
  // As it is by default, with the correction of spelling, which is to its advantage here.
  container.registerConfiguration('nlu-??', {
    keepStopwords: true,
    nonefeatureValue: 1,
    nonedeltaMultiplier: 1.2,
    spellCheck: true,
    spellCheckDistance: 1,
    filterZeros: true,
    log: false,
  })
  nlp.addLanguage('id')
  return nlp
}

function load(): Parts | undefined {
  const find = createRequire(import.meta.url)
  try {
    return { core: find('@nlpjs/core'), nlp: find('@nlpjs/nlp'), lang: find('@nlpjs/lang-id') }
  } catch {
    return undefined
  }
}
