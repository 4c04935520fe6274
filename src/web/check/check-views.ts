import { html } from 'hono/html'
import type { CheckResult, Found } from '../../assistance/check-answer.ts'
import { linkLookUps } from '../../assistance/check-link.ts'
import type { AssistanceTexts } from '../../assistance/texts.ts'
import { formatDate } from '../../language/format.ts'
import type { Html } from '../layout.ts'
import type { FormProblems } from './read-form.ts'

type Texts = AssistanceTexts['page']

/**
 * The page with the form. After a mistake it says what to put right; the NIK is never sent back to the page. `left`: how
 * many look-ups the link is still good for.
 */
export function formView(texts: Texts, left: number, problems: FormProblems = {}): Html {
  return html`<h1>${texts.title}</h1>
<p>${texts.lead}</p>
${form(texts, left, problems)}
<p>${texts.once}</p>
<p>${texts.safe}</p>`
}

function form(texts: Texts, left: number, problems: FormProblems = {}): Html {
  const nik = problems.nik === undefined ? undefined : texts.problems[problems.nik]
  const nikError = nik?.replace('{{digits}}', String(problems.digits ?? ''))
  const birthError = problems.birthDate === undefined ? undefined : texts.problems[problems.birthDate]
  return html`${left < linkLookUps ? html`<p>${texts.left.replace('{{left}}', String(left))}</p>` : ''}
${errorSummary(texts, nikError, birthError)}
<form method="post" autocomplete="off" novalidate>
${field({ name: 'nik', label: texts.nik, hint: texts.nik_hint, error: nikError, mode: 'numeric', size: 22, max: 40 })}
${field({
  name: 'birth_date',
  label: texts.birth_date,
  hint: texts.birth_date_hint,
  error: birthError,
  mode: 'text',
  size: 16,
  max: 40,
})}
<p><button class="button" type="submit">${texts.submit}</button></p>
</form>`
}

function errorSummary(texts: Texts, nik: string | undefined, birthDate: string | undefined): Html | '' {
  if (nik === undefined && birthDate === undefined) return ''
  return html`<div class="problem" role="alert"><h2>${texts.errors_title}</h2><ul>
${nik === undefined ? '' : html`<li><a href="#nik">${nik}</a></li>`}
${birthDate === undefined ? '' : html`<li><a href="#birth_date">${birthDate}</a></li>`}
</ul></div>`
}

interface Field {
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly error: string | undefined
  readonly mode: 'numeric' | 'text'
  readonly size: number
  readonly max: number
}

function field({ name, label, hint, error, mode, size, max }: Field): Html {
  const described = error === undefined ? `${name}-hint` : `${name}-hint ${name}-error`
  const wrong = error === undefined ? 'false' : 'true'
  return html`<p class="field"><label for="${name}">${label}</label>
<span class="hint" id="${name}-hint">${hint}</span><br>
${error === undefined ? '' : html`<strong class="error" id="${name}-error">${error}</strong><br>`}
<input id="${name}" name="${name}" type="text" inputmode="${mode}" size="${size}" maxlength="${max}" autocomplete="off" autocapitalize="off" spellcheck="false" aria-invalid="${wrong}" aria-describedby="${described}" required></p>`
}

/** What the page of an answer may offer next. */
export interface Onward {
  /** How many look-ups the link is still good for. */
  readonly left: number
  /** Where the chat is, when it is a page of this server. */
  readonly chat: string | undefined
}

/** The answer, with its list, its date, the next step, and the form again when nobody was found and the link allows. */
export function answerView(texts: Texts, result: CheckResult, { left, chat }: Onward): Html {
  const { answer } = texts
  const back =
    chat === undefined
      ? html`<p>${answer.back}</p>`
      : html`<p><a class="button second" href="${chat}">${answer.to_chat}</a></p>`
  const again =
    result.outcome === 'not_found' && left > 0 ? html`<h2>${texts.again}</h2>${form(texts, left)}` : ''
  return html`${answerText(texts, result)}${again}${back}`
}

function answerText({ answer }: Texts, result: CheckResult): Html {
  if (result.outcome === 'locked') {
    const until = answer.locked_next.replace('{{until}}', formatDate(result.until))
    return html`<h1>${answer.locked}</h1><p>${until}</p>`
  }
  if (result.outcome === 'not_loaded')
    return html`<h1>${answer.not_loaded}</h1><p>${answer.not_loaded_next}</p>`
  if (result.outcome === 'not_found') {
    return html`<h1>${answer.not_found}</h1>
<dl><dt>${answer.list}</dt><dd>${result.lists.list}</dd><dt>${answer.as_of}</dt><dd>${formatDate(result.lists.asOf)}</dd></dl>
<ol>${answer.not_found_steps.map((step) => html`<li>${step}</li>`)}</ol>
<p>${answer.not_a_decision}</p>`
  }
  const recipient = result.outcome.startsWith('recipient')
  return html`<h1>${recipient ? answer.recipient : answer.recorded}</h1>
${foundView(answer, result.found)}
${result.outcome.endsWith('_stale') ? html`<p><strong>${answer.stale}</strong></p>` : ''}
<p>${answer.not_a_decision}</p>
<p>${recipient ? answer.recipient_next : answer.recorded_next}</p>`
}

function foundView(answer: Texts['answer'], found: Found): Html {
  const period = found.period === '' ? '' : html`<dt>${answer.period}</dt><dd>${found.period}</dd>`
  return html`<dl><dt>${answer.name}</dt><dd>${found.nameMasked === '' ? answer.unnamed : found.nameMasked}</dd>
<dt>${answer.list}</dt><dd>${found.list}</dd><dt>${answer.as_of}</dt><dd>${formatDate(found.asOf)}</dd>${period}</dl>
<h2>${answer.programmes}</h2>
<ul>${found.programmes.map(
    (programme) =>
      html`<li>${programme.name} (${programme.title}): <strong>${answer.answers[programme.answer]}</strong></li>`,
  )}</ul>`
}

/** A page with nothing but a title and a text. */
export function plainView({ title, text }: { readonly title: string; readonly text: string }): Html {
  return html`<h1>${title}</h1><p>${text}</p>`
}
