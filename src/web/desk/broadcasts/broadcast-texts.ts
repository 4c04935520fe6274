import { z } from 'zod'
import { languages, unreached } from '../../../broadcast/audience.ts'
import { broadcastStates, pauseReasons, recipientStates } from '../../../broadcast/broadcast.ts'
import { broadcastChannels } from '../../../broadcast/broadcast-channels.ts'
import { readWords } from '../../read-words.ts'

/** What may be wrong with a plan, and with the form that it is written in. */
export const problemCodes = [
  ...['missing', 'too_long', 'unknown_variable', 'opens_nothing', 'in_the_past', 'ends_before'],
  ...[
    'quiet_hours',
    'unknown_topic',
    'not_your_topic',
    'unknown_place',
    'unknown_course',
    'withdrawn',
    'unknown_broadcast',
  ],
  ...['private_number', 'wrong', 'date', 'time'],
  ...['file_kind', 'file_large', 'file_broken', 'file_full', 'file_gone', 'name'],
] as const

/** What officers press besides changing the plan. */
const pressedMoves = [
  ...['propose', 'approve', 'send', 'pause', 'resume', 'go_on', 'cancel', 'remove', 'send_back'],
] as const

const text = z.string().trim().min(1)
const titled = z.strictObject({ title: text, text })
const pressed = z.strictObject({ button: text, text })

/** A text for each of these names, and for no other. */
function words<const Name extends string>(names: readonly Name[]) {
  return z.record(z.enum(names), text)
}

/** Texts by names that are not known here. */
const named = z.record(z.string(), text)

const listTexts = {
  list: words([
    ...(['title', 'new', 'filter', 'current', 'all', 'none_current', 'none', 'caption'] as const),
    ...(['progress', 'progress_label', 'audience', 'failed'] as const),
  ]),
  list_columns: words(['broadcast', 'state', 'who', 'when', 'progress']),
  list_when: words([...broadcastStates, 'scheduled']),
  states: words(broadcastStates),
  canary_state: text,
  state_notes: words(broadcastStates),
  canary: words(['waiting', 'sending']),
  pause_reasons: words([...pauseReasons, 'officer']),
  program: text,
  channels: words(broadcastChannels),
}

const formTexts = {
  form: words([
    ...(['new_title', 'new_lead', 'edit_title', 'edit_lead', 'edit_proposed'] as const),
    ...(['back_list', 'back_broadcast', 'save_new', 'save', 'cancel', 'summary', 'summary_line'] as const),
    ...(['title', 'title_hint', 'text', 'text_hint', 'counter', 'variables'] as const),
    ...(['media', 'media_hint', 'media_kept', 'media_photo', 'media_document'] as const),
    ...(['media_replace', 'media_drop', 'media_dropped', 'media_sending'] as const),
    ...(['buttons', 'buttons_hint', 'buttons_more', 'label', 'words'] as const),
    ...(['saved', 'saved_none', 'saved_use', 'saved_remove', 'saved_name', 'saved_name_hint'] as const),
    ...(['saved_save', 'saved_used', 'saved_done', 'saved_removed', 'saved_choose'] as const),
    ...(['topics', 'topics_hint', 'topics_other', 'places', 'places_hint', 'places_short'] as const),
    ...(['whole_district', 'picked', 'course_fold', 'course', 'course_any', 'course_option'] as const),
    ...(['course_unknown', 'states', 'ways_fold', 'channels', 'channels_hint'] as const),
    ...(['language', 'language_any', 'without_fold', 'without', 'without_option', 'without_none'] as const),
    ...(['withoutCourse', 'withoutCourse_none', 'count', 'use_end', 'long_end'] as const),
    ...(['schedule', 'schedule_hint', 'schedule_time', 'expires', 'expires_hint', 'expires_time'] as const),
    ...(['posts', 'posts_hint', 'course_gone', 'broadcast_gone', 'copied'] as const),
  ]),
  groups: words(['message', 'audience', 'time', 'posts']),
  groups_label: text,
  languages: words(languages),
  topic_groups: named,
  preview: words(['title', 'telegram', 'whatsapp', 'post', 'empty', 'photo', 'document', 'buttons']),
  problems: words(problemCodes),
  /** Instead of the general sentence, at one place of the form. */
  problems_at: z.record(z.string(), z.partialRecord(z.enum(problemCodes), text)),
}

const audienceTexts = {
  audience: words([
    ...(['title', 'total', 'none', 'caption', 'reachable', 'over', 'time', 'cost'] as const),
    ...([
      'unreached_title',
      'unreached_none',
      'samples_title',
      'samples_hint',
      'samples_none',
      'samples_caption',
    ] as const),
    ...(['sample_chat', 'sample_place', 'sample_topic', 'sample_since', 'untold'] as const),
    ...(['frozen', 'frozen_hint', 'cost_line', 'cost_source', 'counting'] as const),
  ]),
  unreached: words(unreached),
  durations: words(['moment', 'minutes', 'hours', 'days']),
  costs: z.record(
    z.enum(broadcastChannels),
    z.strictObject({ text, source: text, as_of: z.string().regex(/^\d{4}-\d\d-\d\d$/) }),
  ),
  next: words([
    ...(['title', 'approval', 'no_approval', 'frozen', 'now', 'quiet', 'scheduled', 'canary'] as const),
    ...(['channel', 'channel_days', 'pace_second', 'pace_minute', 'pace_day', 'nights'] as const),
    ...(['expires', 'posts', 'sent_alone', 'too_short'] as const),
  ]),
}

const pageTexts = {
  page: words([
    ...(['title', 'back', 'edit', 'next_title', 'more', 'facts_title', 'changes_title', 'change'] as const),
    ...([
      'change_alone',
      'change_reason',
      'parts_label',
      'part_main',
      'part_recipients',
      'buttons',
      'now',
    ] as const),
    ...(['no_limit', 'everywhere', 'all_channels', 'without_broadcast', 'without_course', 'course'] as const),
  ]),
  facts: words([
    ...(['topics', 'places', 'course', 'channels', 'language'] as const),
    ...(['without', 'schedule', 'expires', 'posts'] as const),
  ]),
  changes: named,
  moves: z.record(z.enum(pressedMoves), pressed),
  press: words([
    ...(['schedule_approve', 'schedule_send', 'are_you_sure', 'read', 'not_read', 'same_person'] as const),
    ...(['sure_send', 'sure_schedule', 'sure_approve', 'sure_go_on', 'sure_resume'] as const),
    ...(['wait', 'reason', 'reason_hint', 'no_reason', 'copy', 'copy_text', 'copy_link'] as const),
  ]),
  test: words([
    ...([
      'title',
      'text',
      'get',
      'write',
      'until',
      'words',
      'again',
      'again_text',
      'shown',
      'no_chat',
      'chats',
      'chat',
      'web',
      'forget',
      'forgotten',
    ] as const),
  ]),
}

const progressTexts = {
  progress: words([
    ...(['title', 'bar', 'waiting', 'sent', 'delivered', 'read', 'replied', 'stopped'] as const),
    ...(['failed', 'suppressed', 'unknown', 'of_sent', 'unknown_hint', 'suppressed_hint'] as const),
    ...(['posts', 'post', 'recipients', 'csv'] as const),
  ]),
  post_states: words(['waiting', 'queued', 'sent', 'failed', 'unknown']),
  failures: named,
  suppressions: named,
  reason_other: text,
  recipients: words([
    ...(['title', 'lead', 'back', 'filter', 'all', 'none', 'caption', 'chat', 'channel'] as const),
    ...([
      'state',
      'reason',
      'at',
      'delivered',
      'read',
      'history',
      'next',
      'first',
      'csv',
      'not_yet',
    ] as const),
  ]),
  recipient_states: words(recipientStates),
  history: words(['title', 'lead', 'caption', 'broadcast']),
  csv: words(['row', 'channel', 'chat', 'state', 'reason', 'at', 'delivered', 'read']),
}

const broadcastTextsShape = z.strictObject({
  section: text,
  ...listTexts,
  ...formTexts,
  ...audienceTexts,
  ...pageTexts,
  ...progressTexts,
  done: words(['create', 'edit', ...pressedMoves]),
  refused: words([
    ...(['title', 'moved', 'moved_form', 'state', 'state_edit', 'problems'] as const),
    ...(['same_person', 'nobody', 'not_allowed', 'deleted'] as const),
  ]),
  unknown: titled,
  unknown_person: titled,
  tiles: words(['approve', 'sending', 'paused', 'paused_hint']),
})

/** The words of `flows/content/meja-siaran.yaml`. */
export type BroadcastTexts = z.infer<typeof broadcastTextsShape>

/** Reads `flows/content/meja-siaran.yaml`; throws with every wrong place in it. */
export function parseBroadcastTexts(yaml: string): BroadcastTexts {
  return readWords(broadcastTextsShape, 'meja-siaran.yaml', yaml)
}
