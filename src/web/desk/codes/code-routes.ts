import type { Household } from '../../../assistance/claim-code.ts'
import type { CodeDesk } from '../../../assistance/code-desk.ts'
import { parseClaimCode } from '../../../language/claim-code.ts'
import { fill } from '../../../language/fill-text.ts'
import { parseNik } from '../../../language/nik.ts'
import type { Keyring } from '../../../storage/keyring.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import type { ListTexts } from '../lists/list-texts.ts'
import { codesView, issuedView } from './codes-view.ts'
import { createLetter } from './letter.ts'
import { openLetterPass, sealLetterPass } from './letter-pass.ts'

export interface CodeRouteDeps {
  readonly texts: Pick<ListTexts, 'codes' | 'letter'>
  readonly codes: CodeDesk
  readonly secrets: Pick<Keyring, 'seal' | 'open'>
  /** The bot's address as the letter tells it: of Telegram, WhatsApp or the web chat. */
  readonly address: () => string
  readonly now: () => Date
}

const permission = 'claim_codes'

/** Claim codes: issued for a household, printed as a letter, revoked. What is written in the forms never is in an address. */
export function codeRoutes(deps: CodeRouteDeps): readonly DeskRoute[] {
  return [
    { method: 'get', path: '/kode-warga', permission, handle: (visit) => showForms(deps, visit) },
    { method: 'post', path: '/kode-warga/terbit', permission, handle: (visit) => issue(deps, visit) },
    { method: 'post', path: '/kode-warga/surat', permission, handle: (visit) => sendLetter(deps, visit) },
    { method: 'post', path: '/kode-warga/cabut', permission, handle: (visit) => revoke(deps, visit) },
  ]
}

async function showForms(
  { texts, codes }: CodeRouteDeps,
  visit: DeskVisit,
  problem?: keyof ListTexts['codes']['problems'],
): Promise<Response> {
  const told =
    problem === undefined ? undefined : fill(texts.codes.problems[problem], { count: codes.hourlyLimit })
  const body = codesView(texts.codes, visit, await codes.lists(), told)
  const status = problem === undefined ? 200 : problem === 'too_many' ? 429 : 422
  return visit.page({ title: texts.codes.title, section: 'codes', body }, status)
}

async function issue(deps: CodeRouteDeps, visit: DeskVisit): Promise<Response> {
  const { texts, codes, secrets, now } = deps
  const fields = await visit.fields()
  const household = readHousehold(fields)
  if (typeof household === 'string') return showForms(deps, visit, household)
  const outcome = await codes.issue(fields.kind ?? '', household, visit.officer)
  if (outcome.type !== 'issued') return showForms(deps, visit, outcome.type)
  const pass = sealLetterPass(secrets, outcome, visit.officer.id, now())
  const body = issuedView(texts.codes, visit, { ...outcome, pass })
  return visit.page({ title: texts.codes.issued_title, section: 'codes', body })
}

function readHousehold(fields: Readonly<Record<string, string>>): Household | 'one' | 'nik' {
  const nik = fields.nik?.trim() ?? ''
  const number = fields.household?.trim() ?? ''
  if ((nik === '') === (number === '')) return 'one'
  if (number !== '') return { number }
  const parsed = parseNik(nik)
  return parsed.type === 'value' && parsed.confirm !== true ? { nik: String(parsed.value) } : 'nik'
}

async function sendLetter(deps: CodeRouteDeps, visit: DeskVisit): Promise<Response> {
  const { texts, codes, secrets, address, now } = deps
  const { pass = '' } = await visit.fields()
  const opened = openLetterPass(secrets, pass, visit.officer.id, now())
  if (opened === undefined) return visit.redirect('/kode-warga', texts.codes.late)
  const { id, code, expiresAt } = opened
  const letter = await createLetter({ texts: texts.letter, code, expiresAt, address: address(), date: now() })
  await codes.noteLetter(id, visit.officer)
  return visit.context.body(new Uint8Array(letter), 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="${texts.letter.file}.pdf"`,
    'X-Content-Type-Options': 'nosniff',
  })
}

async function revoke({ texts, codes }: CodeRouteDeps, visit: DeskVisit): Promise<Response> {
  const { code = '' } = await visit.fields()
  const parsed = parseClaimCode(code.trim())
  if (parsed.type !== 'value' || parsed.confirm === true) {
    return visit.redirect('/kode-warga', texts.codes.unreadable)
  }
  const revoked = await codes.revoke(String(parsed.value), visit.officer)
  return visit.redirect('/kode-warga', revoked ? texts.codes.revoked : texts.codes.not_revoked)
}
