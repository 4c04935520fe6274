import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Page, ProductLine, ShopLine } from '../../../marketplace/desk/desk-views.ts'
import { productStates } from '../../../marketplace/product.ts'
import type { Html } from '../../layout.ts'
import { deskField, deskSelect } from '../desk-field.ts'
import { deskHref } from '../desk-form.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { deskTable } from '../desk-table.ts'
import { productCell } from './complaint-routes.ts'
import { tabPage } from './market-frame.ts'
import { type MarketPagesDeps, readNumber, route } from './market-pages-deps.ts'
import { categoryName, placeName, priceText, shopLink, shopPill, statePill } from './product-words.ts'

const shopStates = ['active', 'hidden', 'closed'] as const

/** What is looked for, as the address has it. */
interface Wish {
  readonly what: 'produk' | 'toko'
  readonly search: string
  readonly state: string
  readonly category: string
  readonly kelurahan: string
  readonly before: number | undefined
}

/** All products, or all shops, by what they are called and where they stand. */
export function allRoutes(deps: MarketPagesDeps): readonly DeskRoute[] {
  return [
    route('get', '/umkm/semua', async (visit) => {
      const wish = readWish(visit)
      const body = html`${chooser(deps, wish)}${filters(deps, wish)}${await found(deps, visit, wish)}`
      return tabPage(deps, visit, { tab: 'all', title: deps.texts.all.title, body })
    }),
  ]
}

function readWish({ context }: DeskVisit): Wish {
  const { apa, cari = '', keadaan = '', golongan = '', kelurahan = '', sebelum } = context.req.query()
  return {
    what: apa === 'toko' ? 'toko' : 'produk',
    search: cari.replace(/\s+/g, ' ').trim().slice(0, 60),
    ...{ state: keadaan, category: golongan, kelurahan, before: readNumber(sebelum) },
  }
}

/** The address of the same list from somewhere on; what is empty is left out. */
function pathOf({ what, search, state, category, kelurahan }: Wish, before?: number): string {
  const query = new URLSearchParams()
  const parts = { apa: what, cari: search, keadaan: state, golongan: category, kelurahan }
  for (const [name, value] of Object.entries(parts)) if (value !== '') query.set(name, value)
  if (before !== undefined) query.set('sebelum', String(before))
  return `/umkm/semua?${query}`
}

function chooser({ texts }: MarketPagesDeps, wish: Wish): Html {
  const { all } = texts
  const link = (what: Wish['what'], label: string) => {
    const path = pathOf({ ...wish, what, state: '', category: '' })
    return html`<li><a class="chip" href="${deskHref(path)}"${what === wish.what ? html` aria-current="page"` : ''}>${label}</a></li>`
  }
  return html`<nav aria-label="${all.what}"><ul class="chips">${link('produk', all.products)}${link('toko', all.shops)}</ul></nav>`
}

function filters(deps: MarketPagesDeps, wish: Wish): Html {
  const { texts, words, places } = deps
  const { all, common } = texts
  const any = { value: '', label: all.any }
  const states =
    wish.what === 'produk'
      ? productStates.map((state) => ({ value: state, label: words().states[state] }))
      : shopStates.map((state) => ({ value: state, label: common.shop_states[state] }))
  const categories = Object.entries(words().categories).map(([value, { title }]) => ({ value, label: title }))
  const kelurahan = places.all.map(({ code, name }) => ({ value: code, label: name }))
  const category =
    wish.what === 'produk'
      ? deskSelect({
          name: 'golongan',
          label: all.category,
          value: wish.category,
          options: [any, ...categories],
        })
      : ''
  return html`<form class="filters" method="get" action="${deskHref('/umkm/semua')}"><input type="hidden" name="apa" value="${wish.what}">
${deskField({ name: 'cari', label: all.search, type: 'search', value: wish.search, required: false, maxLength: 60 })}
${deskSelect({ name: 'keadaan', label: all.state, value: wish.state, options: [any, ...states] })}${category}
${deskSelect({ name: 'kelurahan', label: all.kelurahan, value: wish.kelurahan, options: [any, ...kelurahan] })}
<p class="actions"><button type="submit">${all.submit}</button><a class="roomy" href="${deskHref(`/umkm/semua?apa=${wish.what}`)}">${all.clear}</a></p></form>`
}

async function found(deps: MarketPagesDeps, { officer }: DeskVisit, wish: Wish): Promise<Html> {
  const asked = {
    search: wish.search === '' ? undefined : wish.search,
    kelurahan: deps.places.byCode(wish.kelurahan)?.code,
  }
  if (wish.what === 'toko') {
    const state = shopStates.find((one) => one === wish.state)
    const page = await deps.desk.shops(officer, { ...asked, state }, wish.before)
    return listed(deps, wish, page, (lines) => shopTable(deps, lines))
  }
  const state = productStates.find((one) => one === wish.state)
  const category = wish.category === '' ? undefined : wish.category
  const page = await deps.desk.products(officer, { ...asked, state, category }, wish.before)
  return listed(deps, wish, page, (lines) => productTable(deps, lines))
}

function listed<Line>(
  { texts }: MarketPagesDeps,
  wish: Wish,
  { lines, next }: Page<Line>,
  table: (lines: readonly Line[]) => Html,
): Html {
  const { all } = texts
  if (lines.length === 0) return html`<p class="panel">${all.none}</p>`
  return html`${table(lines)}<p class="pager">${
    wish.before === undefined
      ? ''
      : html`<a class="button second" href="${deskHref(pathOf(wish))}">${all.newest}</a>`
  }${next === undefined ? '' : html`<a class="button second" href="${deskHref(pathOf(wish, next))}">${all.older}</a>`}</p>`
}

function productTable(deps: MarketPagesDeps, lines: readonly ProductLine[]): Html {
  const { product_columns: columns, products_caption: caption } = deps.texts.all
  return deskTable({
    caption,
    columns: [columns.product, columns.state, columns.category, columns.price, columns.shop],
    rows: lines.map(({ product, shop }) => [
      productCell(product),
      statePill(deps, product.state),
      categoryName(deps, product.category),
      priceText(deps, product),
      shopLink(deps, shop),
    ]),
  })
}

function shopTable(deps: MarketPagesDeps, lines: readonly ShopLine[]): Html {
  const { all } = deps.texts
  const { shop_columns: columns, shops_caption: caption } = all
  return deskTable({
    caption,
    columns: [columns.shop, columns.state, columns.kelurahan, columns.products, columns.consent],
    rows: lines.map(({ shop, products, shown }) => [
      html`<a href="${deskHref(`/umkm/toko/${shop.id}`)}">${shop.name}</a>`,
      shopPill(deps, shop.state),
      placeName(deps, shop.kelurahan),
      fill(all.shop_products, { shown, products }),
      consentText(deps, shop.consents),
    ]),
  })
}

/** What an owner agreed to. */
export function consentText(
  { texts }: Pick<MarketPagesDeps, 'texts'>,
  consents: ShopLine['shop']['consents'],
): string {
  const { consents: words } = texts.all
  return consents.length === 0 ? words.none : consents.map((purpose) => words[purpose]).join(', ')
}
