import type { AudienceCount } from '../../../broadcast/audience.ts'
import type { Broadcast } from '../../../broadcast/broadcast.ts'
import { mayTell } from '../../../broadcast/topic-rights.ts'
import type { Media } from '../../../channels/channel.ts'
import { fill } from '../../../language/fill-text.ts'
import { may } from '../../../staff/officer.ts'
import type { DeskVisit } from '../desk-route.ts'
import { type FormFields, tickedOf } from '../trainings/form-fields.ts'
import type { FormState } from '../trainings/form-state.ts'
import { type BroadcastPagesDeps, pathOf } from './broadcast-deps.ts'
import type { FormPage } from './form-page.ts'
import { errorsOf, type FormProblem } from './form-problem.ts'
import { formView } from './form-view.ts'
import { shownOf } from './preview-part.ts'
import { readForm } from './read-form.ts'

/** A form as it is answered with. */
export interface GivenForm {
  readonly fields: FormFields
  readonly media: Media | undefined
  readonly problems?: readonly FormProblem[]
  readonly focus?: string
  readonly note?: string
  readonly notice?: string | undefined
  readonly count?: AudienceCount | undefined
  readonly status?: 200 | 404 | 409 | 422
}

/** Most broadcasts that are offered to be left out. */
const mostSent = 8

/** Where the form is sent to, below /desk; `number`: of the broadcast that is changed. */
export function formPath(number: number | undefined): string {
  return number === undefined ? '/siaran/baru' : pathOf(number, '/ubah')
}

/** The form with all that it is shown with; `number`: of the broadcast that is changed. */
export async function formPage(
  deps: BroadcastPagesDeps,
  visit: Pick<DeskVisit, 'officer' | 'csrf'>,
  { fields, media, problems = [], focus, note, count }: GivenForm,
  number?: number,
): Promise<FormPage> {
  const state: FormState = { fields, errors: errorsOf(deps, problems), focus, note }
  const [saved, courseList, lines] = await Promise.all([
    deps.desk.audiences(),
    // How many stand how in a course is told to whoever looks after courses.
    may(visit.officer, 'trainings') || may(visit.officer, 'broadcast_approval') ? deps.courses() : [],
    deps.desk.list(visit.officer),
  ])
  const wasSent = lines.filter(
    ({ broadcast }) => broadcast.audienceSize !== undefined && broadcast.number !== number,
  )
  const newest = wasSent.map(({ broadcast }) => broadcast).toSorted((one, other) => other.number - one.number)
  return {
    ...deps,
    ...{ state, media, saved, courseList, count, csrf: visit.csrf },
    topics: () => ownTopics(deps, visit.officer, fields),
    path: formPath(number),
    shown: shownOf(deps, readForm(fields, media).plan),
    sentList: newest.slice(0, mostSent),
  }
}

/** The topics that the officer may write to, and what is ticked: it must be seen, or it could not be taken away. */
function ownTopics(
  { topics }: Pick<BroadcastPagesDeps, 'topics'>,
  officer: DeskVisit['officer'],
  fields: FormFields,
): ReadonlyMap<string, string> {
  const ticked = tickedOf(fields, 'topics')
  return new Map([...topics()].filter(([code]) => mayTell(officer, code) || ticked.includes(code)))
}

/** Answers with the form. */
export async function showForm(
  deps: BroadcastPagesDeps,
  visit: DeskVisit,
  broadcast: Pick<Broadcast, 'number' | 'title' | 'version' | 'state'> | undefined,
  given: GivenForm,
): Promise<Response> {
  const { form } = deps.texts
  const page = await formPage(deps, visit, given, broadcast?.number)
  const isProposed = broadcast?.state === 'proposed'
  const shown = broadcast === undefined ? undefined : { ...broadcast, isProposed }
  const title = broadcast === undefined ? form.new_title : fill(form.edit_title, { number: broadcast.number })
  const body = formView({ ...page, broadcast: shown, notice: given.notice })
  return visit.page({ title, section: 'broadcasts', body }, given.status ?? 200)
}
