import { readFileSync } from 'node:fs'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { createSealedSearch, holdsLongNumber } from '../sealed-search.ts'
import type { ApplicantPagesDeps } from './applicant-deps.ts'
import { applicantsPath, readApplicantForm } from './applicant-wish.ts'
import { decideRoutes } from './decide-routes.ts'
import { fileRoutes } from './file-routes.ts'
import { type ApplicantListDeps, numberIn, showList, wishIn } from './list-visit.ts'
import { personRoutes } from './person-routes.ts'

const list = '/peserta/:number{[0-9]{1,9}}'
const longestSearch = 100

/** The pages on a course's applicants. */
export function applicantRoutes(given: ApplicantPagesDeps): readonly DeskRoute[] {
  const deps: ApplicantListDeps = { ...given, searches: createSealedSearch(given.secrets, 'applicants') }
  const script = readFileSync(new URL('./pick.js', import.meta.url), 'utf8')
  const get = (path: string, handle: DeskRoute['handle']): DeskRoute => ({
    method: 'get',
    path,
    permission: 'trainings',
    handle,
  })
  return [
    get('/peserta/pilih.js', async ({ context }) =>
      context.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
    ),
    get(list, (visit) => showList(deps, visit, wishIn(deps, visit, visit.context.req.query()))),
    { ...get(`${list}/cari`, (visit) => search(deps, visit)), method: 'post' },
    ...fileRoutes(deps),
    ...decideRoutes(deps),
    ...personRoutes(deps),
  ]
}

/** Goes to the list of what was asked for, whose address holds what was typed only sealed. */
async function search({ searches, texts }: ApplicantListDeps, visit: DeskVisit): Promise<Response> {
  const { cari = '', ...choices } = await visit.fields()
  const wish = readApplicantForm(choices)
  const number = numberIn(visit)
  const asked = cari.trim().slice(0, longestSearch)
  if (asked === '') return visit.redirect(applicantsPath(number, wish))
  if (holdsLongNumber(asked)) return visit.redirect(applicantsPath(number, wish), texts.list.search_refused)
  const sealed = searches.seal(visit.officer.id, asked)
  return visit.redirect(applicantsPath(number, { ...wish, sealed }))
}
