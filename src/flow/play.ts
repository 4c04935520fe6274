import type { Value, Values } from './action.ts'
import type { FlowSet, Spoken, Step, SystemText } from './flow-set.ts'
import type { Message, MessageOption } from './message.ts'
import { closeSession, type Session } from './session.ts'
import { render, type Template } from './template.ts'
import type { Turn } from './turn.ts'

/** A turn in the making. Only the fields are replaced: the session given to the engine is never changed. */
export interface Play {
  readonly flows: FlowSet
  session: Session
  readonly messages: Message[]
  readonly visited: string[]
  /** Text that goes before the next message, in the same message. */
  lead: string
  handoff: false | { readonly office: string }
  call: { readonly action: string; readonly input: Values } | null
}

/** Begins a turn. */
export function startPlay(flows: FlowSet, session: Session): Play {
  return { flows, session, messages: [], visited: [], lead: '', handoff: false, call: null }
}

/** The step where the person stands, if any. */
export function currentStep(play: Play): Step | undefined {
  const { flow, step } = play.session
  return flow === null || step === null ? undefined : play.flows.flows.get(flow)?.steps.get(step)
}

/** The form that was left and can be gone on with; none when its flow was edited since. */
export function keptPlace({ session, flows }: Play): Session['kept'] {
  const { kept } = session
  if (kept === null) return null
  const flow = flows.flows.get(kept.flow)
  return flow?.hash === kept.hash && flow.steps.has(kept.step) ? kept : null
}

/** Changes some fields of the session. */
export function update(play: Play, change: Partial<Session>): void {
  play.session = { ...play.session, ...change }
}

/** Leaves nothing open but the form to go on with. Misses in a row are forgotten. */
export function close(play: Play): void {
  play.session = { ...closeSession(play.session), kept: play.session.kept }
}

/** Puts a text before whatever is said next. */
export function leadWith(play: Play, text: string): void {
  play.lead = play.lead === '' ? text : `${play.lead}\n\n${text}`
}

/** Puts a text of the system file before whatever is said next. */
export function leadWithText(play: Play, key: SystemText): void {
  leadWith(play, play.flows.system.texts[key])
}

/** Says a text as a message of its own. */
export function tell(play: Play, text: string, more: Omit<Message, 'text'> = {}): void {
  const whole = [play.lead, text].filter((part) => part !== '').join('\n\n')
  play.lead = ''
  if (whole !== '') play.messages.push({ text: whole, ...more })
}

/** Buttons for the question that is open now. */
export function buttons(play: Play, picks: readonly { key: string; label: string }[]): MessageOption[] {
  const { prompt } = play.session
  return picks.map(({ key, label }) => ({ label, value: `${prompt}.${key}` }))
}

/** Writes a text of a step with the values of the session. */
export function speak(play: Play, spoken: Spoken): string {
  const text = render(spoken.text, play.session.values, play.flows.write, spoken.lines)
  // What a value left empty leaves no blank behind.
  return text.endsWith(' ') || text.includes(' \n') ? text.replace(/ +$/gm, '') : text
}

/** The pictures that go with a text of a step, as a message takes them. */
export function picturesOf(
  { session }: Play,
  { picture }: { readonly picture?: string | undefined },
): Pick<Message, 'pictures'> {
  const named = picture === undefined ? undefined : session.values[picture]
  const ids = typeof named === 'string' ? named.split(' ').filter((id) => id !== '') : []
  return ids.length === 0 ? {} : { pictures: ids }
}

/** Writes any other text. */
export function write(play: Play, template: Template, values: Values): string {
  return render(template, values, play.flows.write)
}

/** Keeps values. What is new is noted on the trail, so that going back drops it. */
export function save(play: Play, values: Values, secret: boolean): void {
  const names = Object.keys(values)
  if (names.length === 0) return
  const { session } = play
  const fresh = names.filter((name) => !(name in session.values))
  const last = session.trail.at(-1)
  const trail =
    last === undefined || fresh.length === 0
      ? session.trail
      : [...session.trail.slice(0, -1), { ...last, saved: [...last.saved, ...fresh] }]
  const others = session.secrets.filter((name) => !names.includes(name))
  update(play, {
    values: { ...session.values, ...values },
    trail,
    secrets: secret ? [...others, ...names] : others,
  })
}

/** Forgets values by their names. */
export function forget(play: Play, names: readonly string[]): void {
  const kept: Record<string, Value> = {}
  for (const [name, value] of Object.entries(play.session.values)) {
    if (!names.includes(name)) kept[name] = value
  }
  update(play, { values: kept, secrets: play.session.secrets.filter((name) => !names.includes(name)) })
}

/** Ends the turn: what is left to say is said. */
export function finish(play: Play): Turn {
  if (play.lead !== '') tell(play, '')
  const { session, messages, visited, handoff, call } = play
  const turn = { session, messages, visited, handoff }
  if (call !== null) return { type: 'calling', ...turn, ...call }
  const open = session.flow !== null || session.pending !== null
  return { type: open ? 'waiting' : 'ended', ...turn }
}
