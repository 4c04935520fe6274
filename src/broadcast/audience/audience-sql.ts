import type { Audience } from '../audience.ts'
import { broadcastChannels } from '../broadcast-channels.ts'

/** The beginning of a statement, and the values of its places from `$1` on. */
export interface AudienceSql {
  /** `WITH … found AS (…)`; the rows of `found` are everybody whom the audience means, each once. */
  readonly text: string
  readonly values: readonly unknown[]
}

/**
 * Whom an audience means, with why each of them is not told (`category`) or is `reachable`, the chat in which they would be told, and
 * the subscription that proves that they want it. Counting, showing and freezing all begin with this, so that they cannot differ.
 *
 * Everybody has one chat, whatever is asked for: the one that they used last. Whoever blocked the bot there is not looked for in
 * another, which they left before. A channel or a language that is asked for keeps or drops people, and so the same text to one
 * channel and then to the other reaches nobody twice.
 */
export function audienceSql(audience: Audience): AudienceSql {
  const values: unknown[] = []
  const at = (value: unknown, type: string) => `$${values.push(value)}::${type}`
  const [topics, places] = [at([...audience.topics], 'text[]'), at([...broadcastChannels], 'text[]')]
  const kept =
    audience.channels.length === 0 ? '' : `WHERE l.channel = ANY(${at([...audience.channels], 'text[]')})`
  const text = `
  WITH meant AS (
    SELECT c.id FROM contact c WHERE ${conditions(audience, at).join('\n      AND ')}
  ), proof AS (
    -- The newest: by the words that were agreed to last.
    SELECT DISTINCT ON (s.contact_id) s.contact_id, s.id, s.topic, s.started_at, s.text_version, s.chat_id
    FROM subscription s WHERE s.topic = ANY(${topics}) AND s.ended_at IS NULL AND s.text_version <> '${onlyWhenAnnounced}'
    ORDER BY s.contact_id, s.id DESC
  ), stopped AS (
    SELECT DISTINCT o.contact_id FROM opt_out o WHERE o.ended_at IS NULL
  ), known AS (
    -- What a person wrote may not be handled yet.
    SELECT h.id, h.contact_id, h.channel, h.external_id, h.state, coalesce(h.last_message_at,
        (SELECT max(i.received_at) FROM inbox_message i WHERE i.chat_id = h.id)) AS used_at
    FROM chat h WHERE h.channel = ANY(${places})
  ), place AS (
    SELECT DISTINCT ON (k.contact_id) k.*, k.channel <> 'whatsapp' OR k.used_at IS NOT NULL AS wrote FROM known k
    ORDER BY k.contact_id, k.used_at DESC NULLS LAST, k.state <> 'active', k.channel = 'whatsapp', k.id DESC
  ), found AS (
    SELECT m.id AS contact_id, l.id AS chat_id, l.channel, l.external_id, p.id AS subscription_id, p.topic,
      p.started_at, p.text_version,
      CASE WHEN s.contact_id IS NOT NULL THEN 'opted_out' WHEN p.id IS NULL THEN 'not_subscribed'
        WHEN l.id IS NULL THEN 'no_channel' WHEN l.state <> 'active' THEN 'blocked'
        WHEN p.text_version = '${onlyThere}' AND p.chat_id <> l.id THEN 'not_subscribed'
        WHEN NOT l.wrote THEN 'never_wrote' ELSE 'reachable' END AS category
    FROM meant m LEFT JOIN stopped s ON s.contact_id = m.id LEFT JOIN proof p ON p.contact_id = m.id
      LEFT JOIN place l ON l.contact_id = m.id ${kept}
  )`
  return { text, values }
}

/** Words of old that agreed to less: to hear of a training when it is announced, and to hear in the chat where it was agreed to. */
const onlyWhenAnnounced = '2026-11-1'
const onlyThere = '2026-12-1'

type At = (value: unknown, type: string) => string

/** What is true of everybody whom the audience means. Whoever asked to be erased is nobody any more. */
function conditions({ places, course, language, without }: Audience, at: At): readonly string[] {
  const found = ['c.erase_at IS NULL']
  if (places.length > 0) {
    const codes = at([...places], 'text[]')
    // The code of a kelurahan begins with its kecamatan's.
    found.push(`EXISTS (SELECT 1 FROM contact_profile f WHERE f.contact_id = c.id
        AND (f.kelurahan = ANY(${codes}) OR left(f.kelurahan, 8) = ANY(${codes})))`)
  }
  if (course !== undefined) {
    found.push(`EXISTS (SELECT 1 FROM registration r WHERE r.contact_id = c.id
        AND r.course_id = ${at(BigInt(course.number), 'bigint')} AND r.state = ANY(${at([...course.states], 'text[]')}))`)
  }
  if (language !== undefined) {
    // The one that they were heard in last.
    found.push(`${at(language, 'text')} = (SELECT h.language FROM chat h WHERE h.contact_id = c.id
        AND h.language IS NOT NULL ORDER BY h.last_message_at DESC NULLS LAST, h.id DESC LIMIT 1)`)
  }
  if (without.broadcasts.length > 0) {
    found.push(`NOT EXISTS (SELECT 1 FROM broadcast_recipient r WHERE r.contact_id = c.id
        AND r.broadcast_id = ANY(${at(without.broadcasts.map(BigInt), 'bigint[]')}))`)
  }
  if (without.course !== undefined) {
    found.push(`NOT EXISTS (SELECT 1 FROM registration r WHERE r.contact_id = c.id
        AND r.course_id = ${at(BigInt(without.course), 'bigint')} AND r.state <> ALL(${at([...fallen], 'text[]')}))`)
  }
  return found
}

/** A registration in one of these does not stand: see src/training/registration.ts. */
const fallen = ['rejected', 'lapsed', 'cancelled', 'withdrawn', 'absent']
