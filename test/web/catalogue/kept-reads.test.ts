import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CatalogueWorld, openCatalogueWorld, publicUrl } from './catalogue-world.ts'

let world: CatalogueWorld
const listeners: (() => void)[] = []
const numbers = Array.from({ length: 12 }, (_, index) => index + 2)

/** Something is another in the catalogue, and all that was kept is old enough to be made anew. */
function change(): void {
  for (const listener of listeners) listener()
  world.clock.elapsed += 2_000
}

beforeAll(async () => {
  world = await openCatalogueWorld({
    patienceMs: 1_000,
    hear: async () => (listener) => void listeners.push(listener),
  })
})
beforeEach(async () => {
  await world.clear()
  change()
})
afterAll(() => world.close())

async function statusesOf(paths: readonly string[]): Promise<readonly number[]> {
  const statuses: number[] = []
  for (const path of paths) statuses.push((await world.get(`/katalog/${path}`)).status)
  return [...new Set(statuses)]
}

describe('addresses of which there is no end', () => {
  it('cost no reading each where they are unknown', async () => {
    await world.addProduct()
    const paths = numbers.flatMap((number) => [
      ...[`apa/${number}`, `produk/x${number}`, `produk/${1_000_000 + number}`, `lapor/x${number}`],
      ...[`toko/x${number}`, `toko/${1_000_000 + number}`, `golongan/g${number}`, `kelurahan/k${number}`],
      ...[
        `golongan/makanan?hal=${number}`,
        `kelurahan/liliba?hal=${number}`,
        `kelurahan/oebufu?hal=${number}`,
      ],
      ...[`peta-situs/produk-${number}.xml`, `peta-situs/toko-${number}.xml`, `peta-situs/x${number}.xml`],
    ])
    expect(await statusesOf(paths)).toEqual([404])
    // One for the page that stands in their place, and one to know how many pages lists have.
    expect(world.reads.toSorted()).toEqual(['overview', 'overview', 'siteMapSize'])
  })

  it('cost no reading each where they are gone', async () => {
    await world.addProduct({ name: 'Dendeng' })
    const shop = await world.addShop({ state: 'hidden' })
    const ids: number[] = []
    for (const _ of numbers) ids.push(await world.addProduct({ state: 'removed' }))
    const kue = await world.addProduct({ state: 'removed', category: 'kue' })
    await world.addProduct({ shop })
    expect(await statusesOf([...ids, kue, ...ids].map((id) => `produk/${id}`))).toEqual([410])
    expect(world.reads).toEqual(['list', 'list'])
    expect(await statusesOf(numbers.map((page) => `toko/${shop}?hal=${page}`))).toEqual([410])
    expect(world.reads).toEqual(['list', 'list', 'list'])
  })

  it('cost one reading together where a search finds nothing', async () => {
    await world.addProduct()
    expect(await statusesOf(numbers.map((number) => `cari?q=perahu${number}`))).toEqual([200])
    expect(world.reads).toEqual(['overview'])
  })

  it('do not show for long what is hidden meanwhile', async () => {
    const similar = await world.addProduct({ name: 'Dendeng' })
    const gone = await world.addProduct({ state: 'removed' })
    const paths = [`/katalog/produk/${gone}`, '/katalog/apa', '/katalog/cari?q=perahu']
    const bodies = () => Promise.all(paths.map(async (path) => (await world.get(path)).body))
    const [first, ...others] = await bodies()
    expect(first).toContain('Dendeng')
    for (const body of others) expect(body).toContain('/katalog/golongan/makanan')
    await world.database.prisma.product.update({ where: { id: similar }, data: { state: 'hidden' } })
    world.clock.elapsed += 30_000
    expect(await bodies()).toEqual([first, ...others])
    change()
    for (const body of await bodies()) expect(body).not.toMatch(/Dendeng|golongan\/makanan"/)
  })

  it('have no page kept of counts that were old already', async () => {
    const id = await world.addProduct()
    expect((await world.get('/katalog/cari?q=kapal')).body).toContain('golongan/makanan"')
    await world.database.prisma.product.update({ where: { id }, data: { state: 'hidden' } })
    for (const listener of listeners) listener()
    expect((await world.get('/katalog/cari?q=perahu')).body).not.toContain('golongan/makanan"')
  })
})

describe('a file of the map', () => {
  const read = async (name: string) => (await world.get(`/katalog/peta-situs/${name}.xml`)).body

  it('is read once until something changes', async () => {
    const shop = await world.addShop({ name: 'Tenun Ina' })
    await world.addProduct({ shop, name: 'Selendang' })
    for (const _ of numbers) {
      expect(await read('produk-1')).toContain('-selendang<')
      expect(await read('toko-1')).toContain(`${publicUrl}/katalog/toko/${shop}-tenun-ina<`)
      expect(await read('halaman')).toContain(`${publicUrl}/katalog/golongan/makanan<`)
      await world.get('/katalog/peta-situs.xml')
    }
    expect(world.reads.toSorted()).toEqual(['overview', 'siteMapProducts', 'siteMapShops', 'siteMapSize'])
    await world.addProduct({ shop, name: 'Sarung' })
    change()
    expect(await read('produk-1')).toContain('-sarung<')
  })

  it('is sent zipped to whoever takes it so', async () => {
    await world.addProduct({ name: 'Selendang' })
    const path = '/katalog/peta-situs/produk-1.xml'
    const response = await world.app.request(path, { headers: { 'accept-encoding': 'br, gzip' } })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get('vary')).toBe('Accept-Encoding')
    expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).toBe(await read('produk-1'))
  })
})
