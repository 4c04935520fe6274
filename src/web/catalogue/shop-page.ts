import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import { shopPath } from '../../marketplace/addresses.ts'
import type { ListedShop, ShopListing } from '../../marketplace/catalogue/listing.ts'
import { qrPicture } from '../desk/qr-picture.ts'
import type { Html } from '../layout.ts'
import { mark } from '../mark.ts'
import { areaPath, cardGrid, placeName } from './card-view.ts'
import type { Shelf } from './catalogue-deps.ts'
import type { CatalogueView } from './catalogue-frame.ts'
import { countText } from './home-page.ts'
import { besides, pageAddress, pageLinks, pagesOf } from './list-view.ts'
import { paperFact, shopPlace, shopWays } from './product-facts.ts'
import { shareLink } from './share-link.ts'
import { shopData } from './structured-data.ts'

/** The page of a shop, with a page of its products. */
export function shopView(shelf: Shelf, { shop, products, total }: ShopListing, page: number): CatalogueView {
  const { shop: texts, ...others } = shelf.texts()
  const path = shopPath(shop)
  const place = placeName(shelf, shop.kelurahan)
  const address = shelf.publicUrl() + path
  const pages = pagesOf(total)
  const addressOf = (other: number) => pageAddress(path, other)
  const told = { shop: shop.name, kelurahan: place, address }
  return {
    title: fill(texts.title, told),
    path: addressOf(page),
    description: shop.description === '' ? fill(texts.description, told) : shop.description,
    ...sharedPhoto(products),
    crumbs: [{ title: place, path: areaPath(shelf, shop.kelurahan) }],
    data: [shopData(shop, address, place)],
    ...besides(page, pages, addressOf),
    body: html`<h1>${shop.name}</h1>
${shop.description === '' ? '' : html`<p class="words">${shop.description}</p>`}
<dl class="facts">${shopPlace(shelf, shop)}${shopWays(shelf, shop)}${paperFact(shelf, shop.papers)}</dl>
<p class="actions">${shareLink(texts.share, fill(texts.share_text, told))}<a class="button second" href="${path}/qr" rel="nofollow">${texts.qr}</a></p>
<h2>${texts.products}</h2>
<p class="quiet">${countText(shelf, total)}</p>
${cardGrid(shelf, products)}${pageLinks({ shop: texts, ...others }, { page, pages, addressOf })}`,
  }
}

/** What is shown where the shop's address is shared: a product of it. Photos of lists are told without their size. */
function sharedPhoto(products: ShopListing['products']): Pick<CatalogueView, 'photo'> {
  const first = products.find(({ photo }) => photo !== undefined)
  if (first?.photo === undefined) return {}
  return { photo: { id: first.photo, alt: first.name } }
}

/** A page to be printed and put up at the stall. */
export function qrView(shelf: Shelf, shop: ListedShop): CatalogueView {
  const { qr, site } = shelf.texts()
  const path = shopPath(shop)
  const address = shelf.publicUrl() + path
  const told = { shop: shop.name }
  return {
    title: fill(qr.title, told),
    crumbs: [{ title: shop.name, path }],
    body: html`<p class="hint">${qr.how}</p>
${stall(shelf, shop, qrPicture(address, fill(qr.label, told)), address)}
<p class="back"><a class="button second" href="${path}">${fill(qr.back, told)}</a></p>
<p class="away">${site.name}</p>`,
  }
}

function stall(shelf: Shelf, { name, kelurahan }: ListedShop, code: Html, address: string): Html {
  const { qr, site } = shelf.texts()
  return html`<section class="stall"><p class="city">${mark}<span>${site.name}</span></p><h1>${name}</h1>
<p>${placeName(shelf, kelurahan)}</p>${code}<p><b>${qr.scan}</b></p><p class="address">${address.replace(/^https?:\/\//, '')}</p></section>`
}
