import { parseArgs } from 'node:util'
import { type Labelled, sentences, sources } from '../test/language/the-language.ts'
import type { Classifier } from './lib/classifier.ts'
import { confusionOf, formatConfusion } from './lib/confusion.ts'
import { spreadOf } from './lib/figures.ts'
import {
  isHarmful,
  type Judged,
  judgeAll,
  leaveOneOut,
  perturbed,
  type Tally,
  tally,
} from './lib/judge-classifier.ts'
import { createLopoClassifier } from './lib/lopo-classifier.ts'
import { machine } from './lib/machine.ts'
import { findNlpjs } from './lib/nlpjs.ts'
import { naiveBayes, nearestExample } from './lib/plain-classifiers.ts'
import { formatFigure, formatTable } from './lib/table.ts'
import { formatVerdicts, judge } from './lib/target.ts'

// How well free texts are understood: the shared examples by leave-one-out, and the sentences that nothing is learnt from.

/** How many of the words of two sentences must be the same for one to be left out along with the other. */
const NEAR = 0.6
const SEEDS = 2

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const before = machine()
const lopo = createLopoClassifier(sources)
const shared = sentences('inquiries.tsv')
const others: Readonly<Record<string, readonly Labelled[]>> = {
  'held out': sentences('held-out.tsv'),
  fresh: sentences('fresh.tsv'),
  fresher: sentences('fresher.tsv'),
  freshest: sentences('freshest.tsv'),
}
const unlearnt = Object.values(others).flat()
const varied = perturbed([...shared, ...unlearnt], SEEDS)
const nlpjs = findNlpjs()
const cueless = createLopoClassifier(sources, false)
const peers = [cueless, nearestExample, naiveBayes, ...(nlpjs === undefined ? [] : [nlpjs])]

const own = await measure(lopo)
const strict = await leaveOneOut(lopo, lopo.examples, shared, isNear)
const measured = [own, ...(await measureAll(values.only === 'lopo' ? [] : peers))]
const results = measured.map(({ judged: _, ...figures }) => figures)
const confusion = confusionOf(own.judged)
const misses = own.judged.filter(({ wanted, answer }) => !wanted.includes(answer.acts ?? ''))
const dangers = own.all.filter(isHarmful)
const { right } = own.sets['leave-one-out'] ?? { right: 0 }
const targets = judge([
  { name: 'leave-one-out: right, %', value: right * 100, is: 'at least', limit: 90 },
  { name: 'dangerous confusions, all sets', value: dangers.length, is: 'at most', limit: 0 },
  { name: 'a sentence, p99 ms', value: own.time.p99, is: 'at most', limit: 1 },
])
const labels = [...new Set(lopo.examples.map(({ label }) => label))]
print()

interface Measured {
  readonly name: string
  readonly buildMs: number
  readonly sets: Readonly<Record<string, Tally>>
  readonly time: ReturnType<typeof spreadOf>
  /** The shared examples, each judged without itself. */
  readonly judged: readonly Judged[]
  /** Everything that was judged. */
  readonly all: readonly Judged[]
}

/** Whether most words of two sentences have the same roots, so that one gives the other away. */
function isNear(example: string, text: string): boolean {
  const [one, other] = [new Set(lopo.rootsOf(example)), new Set(lopo.rootsOf(text))]
  const both = [...one].filter((root) => other.has(root)).length
  return both >= NEAR * (one.size + other.size - both)
}

async function measure(classifier: Classifier): Promise<Measured> {
  const judged = await leaveOneOut(classifier, lopo.examples, shared)
  const started = performance.now()
  const answerFor = await classifier.train(lopo.examples)
  const buildMs = performance.now() - started
  const sets: Record<string, Tally> = { 'leave-one-out': tally(judged) }
  const all = [...judged]
  for (const [name, set] of Object.entries({ ...others, perturbed: varied })) {
    const found = await judgeAll(answerFor, set)
    sets[name] = tally(found)
    all.push(...found)
  }
  const times: number[] = []
  // The answers above have warmed it up, with the same words written otherwise.
  for (const { text } of perturbed(unlearnt, 1)) {
    const start = performance.now()
    await answerFor(`${text} `)
    times.push(performance.now() - start)
  }
  return { name: classifier.name, buildMs, sets, time: spreadOf(times), judged, all }
}

async function measureAll(classifiers: readonly Classifier[]): Promise<readonly Measured[]> {
  const found: Measured[] = []
  for (const classifier of classifiers) found.push(await measure(classifier))
  return found
}

function print(): void {
  const percent = (share: number) => formatFigure(share * 100, 1)
  const rows = measured.flatMap(({ name, sets }) =>
    Object.entries(sets).map(
      ([set, { sentences: count, right, offered, first, dangerous, dangerousFirst }]) => [
        `${name}, ${set}`,
        ...[
          String(count),
          percent(right),
          percent(offered),
          percent(first),
          String(dangerous),
          String(dangerousFirst),
        ],
      ],
    ),
  )
  const heads = [
    '',
    'sentences',
    'right %',
    'right or offered %',
    'best label %',
    'dangerous',
    'dangerous, if asked',
  ]
  const times = measured.map(({ name, buildMs, time }) => [
    name,
    ...[time.p50, time.p99, time.max, buildMs].map((ms) => formatFigure(ms, 3)),
  ])
  const list = (judged: readonly Judged[]) =>
    judged.map(
      ({ text, wanted, answer }) =>
        `  ${wanted.join('|')} <- ${answer.acts ?? `asks ${answer.offers.join(' or ')}`}: ${text}`,
    )
  const near = tally(strict)
  const parts = [
    formatTable(heads, rows),
    `Lopo, leave-one-out without the near ones either: ${percent(near.right)} right, ${percent(near.offered)} with those offered`,
    formatTable(['a sentence, ms', 'p50', 'p99', 'max', 'build'], times),
    formatConfusion(confusion, labels),
    ['misses:', ...list(misses)].join('\n'),
    ['dangerous:', ...list(dangers)].join('\n'),
    formatVerdicts(targets),
    nlpjs === undefined ? 'NLP.js is left out: npm install --prefix bench brings it' : '',
  ]
  process.stderr.write(`${parts.join('\n\n')}\n`)
  const figures = results.map(({ all: _, ...rest }) => rest)
  process.stdout.write(
    `${JSON.stringify({ bench: 'understand', ...before, results: figures, strict: near, confusion, misses, targets })}\n`,
  )
}
