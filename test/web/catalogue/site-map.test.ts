import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { robotsText } from '../../../src/web/catalogue/site-map.ts'
import { type CatalogueWorld, openCatalogueWorld, publicUrl } from './catalogue-world.ts'

let world: CatalogueWorld

beforeAll(async () => {
  world = await openCatalogueWorld()
})
beforeEach(() => world.clear())
afterAll(() => world.close())

const placesIn = (xml: string) => [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, place]) => place)

/** Every address that the map leads to. */
async function readMap(): Promise<readonly (string | undefined)[]> {
  const index = await world.get('/katalog/peta-situs.xml')
  expect(index.response.headers.get('content-type')).toContain('xml')
  const files = placesIn(index.body).map((place) => world.get(place!.slice(publicUrl.length)))
  return (await Promise.all(files)).flatMap(({ body }) => placesIn(body))
}

describe('the map of the catalogue', () => {
  it('leads to every page that anybody may see, and each of them is there', async () => {
    const shop = await world.addShop({ name: 'Tenun Ina & Co' })
    await world.addProduct({ shop, name: 'Selendang', category: 'tenun', halal: 'not_food' })
    await world.addProduct({ shop, name: 'Abon', state: 'sold_out' })
    await world.addProduct({ shop, state: 'hidden' })
    await world.addProduct({ shop: await world.addShop({ state: 'hidden' }) })
    await world.addShop({ name: 'Kosong' })
    const places = await readMap()
    // The catalogue, two categories, a kelurahan, a shop and two products.
    expect(places).toHaveLength(7)
    for (const place of places) {
      expect(place?.startsWith(`${publicUrl}/katalog`)).toBe(true)
      expect([place, (await world.get(place!.slice(publicUrl.length))).status]).toEqual([place, 200])
    }
  })

  it('is there while the catalogue is empty, and has no other files', async () => {
    expect(await readMap()).toEqual([`${publicUrl}/katalog`])
    for (const file of ['apa.xml', 'produk-0.xml', 'produk-1', 'produk-1.txt']) {
      expect((await world.get(`/katalog/peta-situs/${file}`)).status).toBe(404)
    }
  })
})

describe('robotsText', () => {
  it('names the map, and asks to leave alone what is not for search engines', () => {
    const text = robotsText(publicUrl)
    expect(text).toContain(`Sitemap: ${publicUrl}/katalog/peta-situs.xml`)
    for (const path of ['/desk', '/cek', '/katalog/hubungi/', '/katalog/lapor/', '/katalog/cari']) {
      expect(text).toContain(`Disallow: ${path}\n`)
    }
    expect(text).not.toContain('/katalog/gambar')
  })
})
