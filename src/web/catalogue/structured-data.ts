import type { ListedProduct, ListedShop } from '../../marketplace/catalogue/listing.ts'

const context = 'https://schema.org'

/** The way to a page, as search engines read it. */
export function breadcrumbData(
  ways: readonly { readonly title: string; readonly path?: string | undefined }[],
  origin: string,
): object {
  return {
    '@context': context,
    '@type': 'BreadcrumbList',
    itemListElement: ways.map((way, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: way.title,
      ...(way.path === undefined ? {} : { item: origin + way.path }),
    })),
  }
}

/** A product and what it is offered for, as search engines read it. */
export function productData(
  product: ListedProduct,
  about: {
    readonly address: string
    readonly category: string
    readonly pictures: readonly string[]
    readonly seller: object
  },
): object {
  const { id, name, description, price, availability, soldOut } = product
  const state = soldOut ? 'SoldOut' : availability === 'preorder' ? 'PreOrder' : 'InStock'
  return {
    '@context': context,
    '@type': 'Product',
    '@id': about.address,
    name,
    productID: String(id),
    category: about.category,
    ...(description === '' ? {} : { description }),
    ...(about.pictures.length === 0 ? {} : { image: about.pictures }),
    offers: {
      '@type': 'Offer',
      url: about.address,
      price,
      priceCurrency: 'IDR',
      availability: `${context}/${state}`,
      seller: about.seller,
    },
  }
}

/** A shop: a business somewhere in the city, and no number. */
export function shopData({ name, description }: ListedShop, address: string, place: string): object {
  return {
    '@context': context,
    '@type': 'LocalBusiness',
    '@id': address,
    url: address,
    name,
    ...(description === '' ? {} : { description }),
    address: {
      '@type': 'PostalAddress',
      streetAddress: place,
      addressLocality: 'Kota Kupang',
      addressRegion: 'Nusa Tenggara Timur',
      addressCountry: 'ID',
    },
  }
}
