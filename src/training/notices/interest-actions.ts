import type { Action, ActionContext, ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import type { Transaction } from '../../storage/database.ts'
import { trainingContracts as contracts } from '../training-contracts.ts'
import type { TrainingDeps } from '../training-deps.ts'
import { allSubjects, topicOf } from './interests.ts'
import type { NoticeTexts } from './notice-texts.ts'
import type { InterestStore } from './store-interests.ts'

/** What the actions are given. */
export type InterestDeps = Pick<TrainingDeps, 'store' | 'words' | 'audit'> & {
  readonly interests: InterestStore
  readonly texts: () => NoticeTexts
}

type Context = ActionContext<Transaction>

/** What flows may do about the subjects that a person wants to hear of. */
export function createInterestActions(
  deps: InterestDeps,
): Record<'list_interests' | 'toggle_interest', Action<Transaction>> {
  return {
    list_interests: { contract: contracts.list_interests, run: (_, context) => listInterests(deps, context) },
    toggle_interest: {
      contract: contracts.toggle_interest,
      run: (input, context) =>
        toggleInterest(deps, context, contracts.toggle_interest.inputs.parse(input).subject),
    },
  }
}

async function listInterests(deps: InterestDeps, { transaction, contactId }: Context): Promise<ActionResult> {
  const topics = await deps.interests.topics(transaction, contactId)
  const { chosen } = deps.texts().interests
  const interests = [allSubjects, ...Object.keys(deps.words().subjects)].map((subject) => {
    const title = titleOf(deps, subject)
    return { subject, label: topics.has(topicOf(subject)) ? fill(chosen, { title }) : title }
  })
  return { outcome: 'listed', values: { interests, consent: deps.words().subscription.text.trim() } }
}

async function toggleInterest(deps: InterestDeps, context: Context, subject: string): Promise<ActionResult> {
  const { interests, store, words, audit } = deps
  const { transaction, contactId, chatId, now } = context
  // A contact may write in two chats at once.
  await store.lockContact(transaction, contactId)
  const outcome = await toggled()
  const actor = { type: 'resident', id: contactId } as const
  await audit.record(transaction, {
    ...{ at: now, actor, action: 'training.toggle_interest', subject: contactId, outcome },
    details: { topic: topicOf(subject) },
  })
  return { outcome, values: outcome === 'stopped' ? {} : { title: titleOf(deps, subject) } }

  async function toggled(): Promise<'stopped' | 'ended' | 'subscribed'> {
    if (await interests.isStopped(transaction, contactId)) return 'stopped'
    const topic = topicOf(subject)
    // A subject that is none any more can be left only.
    if ((await interests.end(transaction, contactId, topic, now)) || !isSubject(deps, subject)) return 'ended'
    const { version } = words().subscription
    await interests.subscribe(transaction, {
      contactId,
      chatId: BigInt(chatId),
      topic,
      textVersion: version,
      now,
    })
    return 'subscribed'
  }
}

function isSubject({ words }: InterestDeps, subject: string): boolean {
  return subject === allSubjects || Object.hasOwn(words().subjects, subject)
}

function titleOf({ words, texts }: InterestDeps, subject: string): string {
  return subject === allSubjects ? texts().interests.all : (words().subjects[subject]?.title ?? subject)
}
