import type { BroadcastPlan, Source } from './broadcast/broadcast.ts'
import type { BroadcastWords } from './broadcast/broadcast-words.ts'
import { fill } from './language/fill-text.ts'
import type { NewsWords } from './resident/news-words.ts'
import type { Storage } from './storage/open-storage.ts'
import type { CourseNews, CourseNewsDesk } from './training/browse/course-news.ts'
import { allSubjects, topicOf, topicsWith } from './training/notices/interests.ts'
import type { NoticeTexts } from './training/notices/notice-texts.ts'
import type { TrainingWords } from './training/training-words.ts'

/** What plans are made of. */
interface PlanGround {
  readonly storage: Storage
  readonly words: () => BroadcastWords
  readonly courses: CourseNewsDesk
}

/** What a broadcast is begun with; undefined where there is nothing to tell. */
export async function draftFrom(
  { storage, courses, words }: PlanGround,
  { type, number }: Source,
): Promise<BroadcastPlan | undefined> {
  const { prisma } = storage.database
  if (type === 'course') {
    const news = await courses.one(prisma, number)
    return news === undefined ? undefined : planOfCourse(words(), news)
  }
  const digest = type === 'digest' ? Object.values(words().digests)[number - 1] : undefined
  const open = digest === undefined ? [] : await courses.open(prisma)
  return digest === undefined || open.length === 0 ? undefined : planOfDigest(digest, number, open)
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

/** Courses that fit in one message of a digest. */
const mostInDigest = 6

function planOfDigest(
  { title, topics, intro, line, outro }: BroadcastWords['digests'][string],
  number: number,
  open: readonly CourseNews[],
): BroadcastPlan {
  const lines = open.slice(0, mostInDigest).map(({ values }) => fill(line, values))
  return {
    title,
    text: [intro, lines.join('\n'), outro].filter((part) => part !== '').join('\n\n'),
    buttons: [],
    audience: audienceOf(topics),
    posts: [],
    source: { type: 'digest', number },
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
