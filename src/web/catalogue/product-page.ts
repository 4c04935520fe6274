import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import { formatRupiah } from '../../language/format.ts'
import { productPath, shopPath } from '../../marketplace/addresses.ts'
import type { ListedProduct } from '../../marketplace/catalogue/listing.ts'
import type { Html } from '../layout.ts'
import { cardGrid, categoryTitle, placeName } from './card-view.ts'
import type { Shelf } from './catalogue-deps.ts'
import { type CatalogueView, pictureHref, root } from './catalogue-frame.ts'
import { photosView } from './photos-view.ts'
import { productFacts } from './product-facts.ts'
import { shareLink } from './share-link.ts'
import { productData, shopData } from './structured-data.ts'

/** The page of a product that anybody may see. */
export function productView(shelf: Shelf, product: ListedProduct): CatalogueView {
  const texts = shelf.texts().product
  const { name, category, photos } = product
  const told = tellProduct(shelf, product)
  const [photo] = photos
  return {
    title: fill(texts.title, told),
    path: productPath(product),
    description: product.description === '' ? fill(texts.description, told) : product.description,
    ...(photo === undefined ? {} : { photo: { ...photo, alt: fill(texts.photo, told) } }),
    isProduct: true,
    crumbs: [{ title: categoryTitle(shelf, category), path: `${root}/golongan/${category}` }],
    here: name,
    data: [dataOf(shelf, product)],
    body: html`<article class="product"><div class="look">${photosView(shelf, photos, name)}</div>
<div class="about"><h1>${name}</h1>
<p class="price">${told.price}</p>
${states(shelf, product)}
${contactPart(shelf, product)}
${product.description === '' ? '' : html`<p class="words">${product.description}</p>`}
<h2>${texts.facts}</h2>
${productFacts(shelf, product)}
<p class="asides"><a href="${root}/lapor/${product.id}" rel="nofollow">${texts.report}</a></p></div></article>
${others(shelf, product)}`,
  }
}

/** What texts speak of. */
function tellProduct(shelf: Shelf, { name, price, unit, shop }: ListedProduct) {
  return {
    product: name,
    price: fill(shelf.texts().card.price, { price: formatRupiah(price), unit }),
    shop: shop.name,
    kelurahan: placeName(shelf, shop.kelurahan),
  }
}

/** What must not be missed. */
function states(shelf: Shelf, { soldOut, halal, availability }: ListedProduct): Html {
  const { product, card } = shelf.texts()
  return html`${halal === 'pork' ? html`<p class="halal pork">${shelf.words().halal.pork}</p>` : ''}${
    soldOut
      ? html`<p class="notice">${product.sold_out}</p>`
      : availability === 'preorder'
        ? html`<p class="stamp">${card.preorder}</p>`
        : ''
  }`
}

/** The number stands in no page: it is given to whoever presses. */
function contactPart(shelf: Shelf, product: ListedProduct): Html {
  const { product: texts, site } = shelf.texts()
  const told = tellProduct(shelf, product)
  const share = fill(texts.share_text, { ...told, address: shelf.publicUrl() + productPath(product) })
  const ask = product.hasContact
    ? html`<form method="post" action="${root}/hubungi/${product.id}"><button type="submit">${texts.contact}</button></form>`
    : ''
  return html`<div class="reach"><div class="actions">${ask}${shareLink(texts.share, share)}</div>
<p class="hint">${product.hasContact ? texts.contact_hint : texts.no_contact} ${site.money}</p></div>`
}

function others(shelf: Shelf, { shop, others: cards }: ListedProduct): Html | '' {
  if (cards.length === 0) return ''
  const title = fill(shelf.texts().product.others, { shop: shop.name })
  return html`<section><h2><a href="${shopPath(shop)}">${title}</a></h2>${cardGrid(shelf, cards)}</section>`
}

function dataOf(shelf: Shelf, product: ListedProduct): object {
  const { shop, photos, category } = product
  const origin = shelf.publicUrl()
  const place = placeName(shelf, shop.kelurahan)
  return productData(product, {
    address: origin + productPath(product),
    category: categoryTitle(shelf, category),
    pictures: photos.map(({ id }) => origin + pictureHref(id, 'jpeg')),
    seller: shopData(shop, origin + shopPath(shop), place),
  })
}
