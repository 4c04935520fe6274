import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Html } from '../../layout.ts'
import { boxInput } from './form-controls.ts'
import { tickedOf } from './form-fields.ts'
import type { FormState } from './form-state.ts'
import { districtsOf, type TrainingPagesDeps } from './training-deps.ts'

/** Boxes for every kelurahan, folded by kecamatan; `whole`: also one for the kecamatan itself. */
export function areaBoxes(
  { places, texts }: Pick<TrainingPagesDeps, 'places' | 'texts'>,
  state: FormState,
  { prefix, whole }: { readonly prefix: string; readonly whole: boolean },
): Html {
  const { form } = texts
  const codes = tickedOf(state.fields, prefix)
  return html`<div class="areas">${districtsOf(places).map(({ code, name, kelurahan: areas }) => {
    const isPicked = codes.some((one) => one.startsWith(code))
    const all = boxInput(state, { name: `${prefix}.${code}`, label: fill(form.whole_district, { name }) })
    return html`<details${isPicked ? html` open` : ''}><summary class="area">${name}<span class="picked"> · ${form.picked}</span></summary>
${whole ? html`<div class="whole">${all}</div>` : ''}<div class="boxes">${areas.map((area) =>
      boxInput(state, { name: `${prefix}.${area.code}`, label: area.name }),
    )}</div></details>`
  })}</div>`
}
