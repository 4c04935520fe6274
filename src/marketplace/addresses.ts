import type { Product } from './product.ts'

/** Where a product's page is under the public address: its name is for people, its number counts. */
export function productPath({ id, name }: Pick<Product, 'id' | 'name'>): string {
  return `/katalog/produk/${id}-${slugOf(name)}`
}

/** Where a shop's page is. */
export function shopPath({ id, name }: { readonly id: number; readonly name: string }): string {
  return `/katalog/toko/${id}-${slugOf(name)}`
}

/** A name as an address holds it: small letters, digits and hyphens; at most 60. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/['’‘`\p{M}]/gu, '')
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60)
      .replace(/-$/, '') || 'produk'
  )
}
