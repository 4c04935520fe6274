import type { BroadcastPlan, Source } from './broadcast/broadcast.ts'
import type { DraftPlan } from './broadcast/broadcast-deps.ts'
import type { BroadcastWords } from './broadcast/broadcast-words.ts'
import { fill } from './language/fill-text.ts'
import type { DigestItem, ProductNewsDesk } from './marketplace/digest/digest.ts'
import type { ProductNews } from './marketplace/digest/product-news.ts'
import type { NewsWords } from './resident/news-words.ts'
import type { Transaction } from './storage/database.ts'
import type { Storage } from './storage/open-storage.ts'
import { transact } from './storage/transact.ts'
import type { CourseNews, CourseNewsDesk } from './training/browse/course-news.ts'
import { allSubjects, topicOf, topicsWith } from './training/notices/interests.ts'
import type { NoticeTexts } from './training/notices/notice-texts.ts'
import type { TrainingWords } from './training/training-words.ts'

/** What plans are made of. */
interface PlanGround {
  readonly storage: Storage
  readonly words: () => BroadcastWords
  readonly courses: CourseNewsDesk
  readonly products: ProductNewsDesk
}

/** The topic of everything about UMKM, and the digest of it. */
const umkm = 'umkm'

/** What a broadcast is begun with; undefined where there is nothing to tell. */
export async function draftFrom(
  ground: PlanGround,
  { type, number }: Source,
): Promise<DraftPlan | undefined> {
  const { storage, courses, products, words } = ground
  const { prisma } = storage.database
  switch (type) {
    case 'course': {
      const news = await courses.one(prisma, number)
      return news === undefined ? undefined : planOfCourse(words(), news)
    }
    case 'product': {
      const news = await products.one(prisma, number)
      return news === undefined ? undefined : planOfProduct(words(), news)
    }
    case 'digest':
      return draftOfDigest(ground, number)
  }
}

/** Names of what a broadcast was made of that nobody may be shown any more. */
export async function findWithdrawn(
  { products, words }: Pick<PlanGround, 'products' | 'words'>,
  transaction: Transaction,
  { number, source }: { readonly number: number; readonly source?: Source | undefined },
): Promise<readonly string[]> {
  if (source?.type === 'product') return products.withdrawn(transaction, { product: source.number })
  const isOfProducts = source?.type === 'digest' && Object.keys(words().digests)[source.number - 1] === umkm
  return isOfProducts ? products.withdrawn(transaction, { digest: number }) : []
}

async function draftOfDigest(
  { storage, courses, products, words }: PlanGround,
  number: number,
): Promise<DraftPlan | undefined> {
  const { prisma } = storage.database
  const [name, digest] = Object.entries(words().digests)[number - 1] ?? []
  if (digest === undefined) return undefined
  if (name === umkm) {
    const items = await transact(prisma, (transaction) => products.week(transaction, mostInDigest))
    return planOfProducts(products, digest, number, items)
  }
  const open = (await courses.open(prisma)).slice(0, mostInDigest)
  return open.length === 0
    ? undefined
    : planOfDigest(
        digest,
        number,
        open.map(({ values }) => fill(digest.line, values)),
      )
}

/** What a course gives a broadcast: for whoever subscribed to its subject, until nobody can register any more. */
function planOfCourse(
  { course }: BroadcastWords,
  { number, subject, values, closesAt }: CourseNews,
): BroadcastPlan {
  return {
    title: fill(course.title, values).slice(0, 80),
    text: fill(course.text, values).trim(),
    buttons: [{ label: course.button, words: `daftar ${number}` }],
    audience: audienceOf(topicsWith(subject)),
    posts: [],
    source: { type: 'course', number },
    expiresAt: closesAt,
  }
}

/** What a product gives a broadcast: for whoever subscribed to UMKM, with its photo, which chats send out of the picture store. */
function planOfProduct({ product }: BroadcastWords, { number, values, photo }: ProductNews): BroadcastPlan {
  return {
    title: fill(product.title, values).slice(0, 80),
    text: withoutBlanks(fill(product.text, values)),
    ...(photo !== undefined && { media: { id: photo, type: 'photo', mime: 'image/jpeg' } }),
    buttons: [{ label: product.button, words: `produk ${number}` }],
    audience: audienceOf([umkm]),
    posts: [],
    source: { type: 'product', number },
  }
}

/** A line whose value is empty is no line. */
function withoutBlanks(text: string): string {
  return text.trim().replaceAll(/\n(?:[ \t]*\n)+/g, '\n')
}

/** Courses or products that fit in one message of a digest. */
const mostInDigest = 6
/** Letters of a text of a broadcast, less some for how to stop. */
const mostLetters = 1_400

type DigestWords = BroadcastWords['digests'][string]

function planOfDigest(
  { title, topics, intro, outro }: DigestWords,
  number: number,
  lines: readonly string[],
): BroadcastPlan {
  return {
    title,
    text: [intro, lines.join('\n'), outro].filter((part) => part !== '').join('\n\n'),
    buttons: [],
    audience: audienceOf(topics),
    posts: [],
    source: { type: 'digest', number },
  }
}

/** As many products as the text holds; only these have had their place. */
function planOfProducts(
  products: ProductNewsDesk,
  digest: DigestWords,
  number: number,
  items: readonly DigestItem[],
): DraftPlan | undefined {
  const fitting = items.filter((_, index) => planOf(items.slice(0, index + 1)).text.length <= mostLetters)
  if (fitting.length === 0) return undefined
  return {
    ...planOf(fitting),
    onMade: (transaction, broadcast, at) => products.feature(transaction, fitting, { broadcast, at }),
  }
  function planOf(some: readonly DigestItem[]): BroadcastPlan {
    return planOfDigest(
      digest,
      number,
      some.map(({ news }) => fill(digest.line, news.values)),
    )
  }
}

function audienceOf(topics: readonly string[]): BroadcastPlan['audience'] {
  return { topics: [...topics], places: [], channels: [], without: { broadcasts: [] } }
}

/** Every topic that one can subscribe to, with what people call it. */
export function newsTopics(
  { subjects }: Pick<TrainingWords, 'subjects'>,
  { interests }: Pick<NoticeTexts, 'interests'>,
  news: Pick<NewsWords, 'topics'>,
): ReadonlyMap<string, string> {
  return new Map([
    [topicOf(allSubjects), interests.all],
    ...Object.entries(subjects).map(([subject, { title }]) => [topicOf(subject), title] as const),
    ...Object.entries(news.topics).map(([topic, { title }]) => [topic, title] as const),
  ])
}
