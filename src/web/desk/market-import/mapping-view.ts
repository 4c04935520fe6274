import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { MarketImport } from '../../../marketplace/import/market-import.ts'
import type { PreviewColumn, ShopPreview } from '../../../marketplace/import/preview-shops.ts'
import { shopFields } from '../../../marketplace/import/shop-columns.ts'
import type { Html } from '../../layout.ts'
import { deskSelect } from '../desk-field.ts'
import { deskForm } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { MarketImportTexts } from './market-import-texts.ts'

type Texts = MarketImportTexts['run']

/** Which column stands for what, as it was recognised, to be put right by hand. */
export function mappingView(texts: Texts, visit: DeskVisit, run: MarketImport, preview: ShopPreview): Html {
  const { missing, absent, columns } = preview
  const choices = shopFields.map((field) =>
    choice(texts, columns, {
      name: `kolom.${field}`,
      label: texts.fields[field],
      heading: run.mapping?.[field] ?? preview.fields[field],
    }),
  )
  const lacking = missing.map((field) => texts.fields[field]).join(', ')
  return html`<h2>${texts.mapping_title}</h2><p>${texts.mapping_lead}</p>
${lacking === '' ? '' : html`<p class="error" role="alert">${fill(texts.missing, { fields: lacking })}</p>`}
${absent.length === 0 ? '' : html`<p class="error" role="alert">${fill(texts.absent, { headings: absent.join(', ') })}</p>`}
${deskForm(visit, `/umkm/impor/${run.id}/periksa`, html`${choices}<p class="actions"><button type="submit">${texts.check}</button></p>`)}`
}

function choice(
  texts: Texts,
  columns: readonly PreviewColumn[],
  field: { readonly name: string; readonly label: string; readonly heading: string | undefined },
): Html {
  const { name, label, heading } = field
  const chosen = columns.find((column) => column.heading === heading)
  const samples = chosen?.samples ?? []
  return deskSelect({
    name,
    label,
    value: chosen?.heading ?? '',
    ...(samples.length === 0 ? {} : { hint: fill(texts.sample, { samples: samples.join(' · ') }) }),
    options: [
      { value: '', label: texts.none },
      ...columns.map(({ heading: value, samples: [sample] }) => ({
        value,
        label: sample === undefined ? value : `${value} · ${sample}`,
      })),
    ],
  })
}
