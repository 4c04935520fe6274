import { html } from 'hono/html'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import type { ApplicantTexts } from './applicant-texts.ts'

/** Goes at the end of a page with a form of the class `picks`. */
export const pickScript = html`<script src="${deskHref('/peserta/pilih.js')}" defer></script>`

/**
 * What stands above a list with boxes: all at once, by a link where there is no script, how many are ticked, and the way
 * down to what can be done with them. `href` leads to the same page with all of them ticked, or none.
 */
export function pickBar(
  { list }: Pick<ApplicantTexts, 'list'>,
  bar: {
    readonly href: string
    readonly areAllTicked: boolean
    /** The id of the place further down, with what its link is called. */
    readonly down?: { readonly id: string; readonly label: string }
  },
): Html {
  const { href, areAllTicked, down } = bar
  return html`<div class="pick-bar"><a class="roomy" href="${deskHref(href)}" data-all-link>${areAllTicked ? list.pick_none : list.pick_all}</a>
<label class="check" hidden><input type="checkbox" data-all${areAllTicked ? html` checked` : ''}><span>${list.pick_all}</span></label>
<output data-count="${list.picked}"></output>${down === undefined ? '' : html`<a class="roomy down" href="#${down.id}">${down.label}</a>`}</div>`
}
