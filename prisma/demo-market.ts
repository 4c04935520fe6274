import type { Halal, Handover, PaymentWay, ProductState } from '../src/marketplace/product.ts'
import { createRandom, type DemoPlace } from './demo.ts'
import { demoPicturesEach } from './demo-pictures.ts'

/** A synthetic shop. Its number is of a range that nobody has. */
export interface DemoShop {
  readonly name: string
  readonly description: string
  readonly kelurahan: DemoPlace
  /** In international form without plus. */
  readonly phone: string
  readonly handover: readonly Handover[]
  readonly payments: readonly PaymentWay[]
  readonly products: readonly DemoProduct[]
}

/** A product of a synthetic shop. */
export interface DemoProduct {
  readonly name: string
  readonly description: string
  readonly category: string
  readonly price: number
  readonly unit: string
  readonly availability: 'ready' | 'preorder'
  readonly halal: Halal
  readonly state: ProductState
  /** Which of the drawn pictures of its category it has. */
  readonly picture: number
  /** How many days ago it was shown first, or sent to the officers. */
  readonly daysAgo: number
  readonly views: number
}

/** How many there are. */
export const demoMarketSize = { shops: 200, productsEach: 5 } as const

/** What is sold: name, unit, the least and the most in thousands of rupiah. A `!` before a name: it contains pork. */
const goods: Readonly<Record<string, readonly (readonly [string, string, number, number])[]>> = {
  makanan: [
    ...([
      ["Se'i sapi", 'kg', 150, 200],
      ["!Se'i babi", 'kg', 120, 170],
      ["Se'i ikan tuna", 'kg', 90, 130],
    ] as const),
    ...([
      ['Jagung bose', 'porsi', 10, 20],
      ['Jagung titi', 'bungkus', 15, 30],
      ['Jagung goreng pulut', 'bungkus', 10, 20],
    ] as const),
    ...([
      ["Sambal lu'at", 'botol', 20, 35],
      ['Kacang sembunyi', 'toples', 20, 40],
      ['Keripik pisang', 'bungkus', 10, 25],
    ] as const),
    ...([
      ['Abon sapi', 'bungkus', 35, 60],
      ['Abon ikan', 'bungkus', 25, 45],
      ['Dendeng sapi', 'bungkus', 50, 90],
    ] as const),
    ...([
      ["!Nasi se'i babi", 'porsi', 20, 35],
      ['Ikan asap', 'ekor', 30, 60],
      ['Rica ayam kampung', 'porsi', 25, 40],
    ] as const),
  ],
  minuman: [
    ...([
      ['Kopi Bajawa', 'bungkus', 35, 70],
      ['Kopi Manggarai', 'bungkus', 35, 70],
      ['Kopi Flores susu', 'botol', 12, 20],
    ] as const),
    ...([
      ['Teh kelor', 'kotak', 20, 40],
      ['Jus semangka', 'botol', 10, 15],
      ['Sirup asam Timor', 'botol', 25, 45],
    ] as const),
    ...([
      ['Jamu kunyit asam', 'botol', 10, 20],
      ['Jahe merah bubuk', 'bungkus', 20, 35],
    ] as const),
  ],
  kue: [
    ...([
      ['Kue bagea', 'toples', 30, 55],
      ['Roti kelapa', 'buah', 4, 10],
      ['Tart susu', 'buah', 60, 150],
    ] as const),
    ...([
      ['Bolu gula Sabu', 'kotak', 35, 60],
      ['Kue cucur', 'kotak', 15, 30],
      ['Kue rambut', 'bungkus', 15, 25],
    ] as const),
    ...([
      ['Donat kentang', 'kotak', 20, 40],
      ['Pisang molen', 'kotak', 15, 30],
    ] as const),
  ],
  tenun: [
    ...([
      ['Selendang tenun Timor', 'lembar', 75, 250],
      ['Sarung tenun Sabu', 'lembar', 250, 900],
    ] as const),
    ...([
      ['Selimut tenun Rote', 'lembar', 300, 1_000],
      ['Kain tenun Sumba', 'lembar', 400, 1_500],
    ] as const),
    ...([
      ['Tas kain tenun', 'buah', 60, 200],
      ['Dompet tenun', 'buah', 30, 80],
      ['Baju motif tenun', 'buah', 150, 400],
    ] as const),
  ],
  kerajinan: [
    ...([
      ['Anyaman lontar', 'buah', 20, 90],
      ["Topi ti'i langga", 'buah', 75, 200],
      ['Sasando mini', 'buah', 60, 300],
    ] as const),
    ...([
      ['Tempat sirih lontar', 'buah', 35, 100],
      ['Gelang manik', 'buah', 15, 50],
      ['Tikar pandan', 'lembar', 60, 200],
    ] as const),
    ...([['Kotak tisu anyaman', 'buah', 35, 75]] as const),
  ],
  hasil: [
    ...([
      ['Madu hutan Timor', 'botol', 60, 130],
      ['Gula lempeng', 'kg', 30, 50],
      ['Gula semut lontar', 'bungkus', 20, 40],
    ] as const),
    ...([
      ['Gula air Rote', 'botol', 20, 40],
      ['Kelor bubuk', 'bungkus', 20, 45],
      ['Kenari kupas', 'bungkus', 35, 70],
    ] as const),
    ...([
      ['Kacang mete', 'kg', 110, 170],
      ['Ikan kering', 'kg', 40, 90],
      ['Rumput laut kering', 'kg', 20, 40],
    ] as const),
  ],
  jasa: [
    ...([
      ['Jahit baju', 'buah', 60, 250],
      ['Servis mesin jahit', 'buah', 50, 200],
      ['Cuci motor', 'buah', 15, 25],
    ] as const),
    ...([
      ['Potong rambut', 'buah', 15, 35],
      ['Servis kipas angin', 'buah', 35, 90],
      ['Foto produk', 'jam', 75, 200],
    ] as const),
  ],
  lainnya: [
    ...([
      ['Tanaman hias', 'buah', 15, 90],
      ['Sabun sereh', 'buah', 10, 25],
      ['Lilin hias', 'buah', 15, 50],
    ] as const),
    ...([
      ['Hampers oleh-oleh Kupang', 'kotak', 100, 350],
      ['Minyak kelapa', 'botol', 25, 50],
    ] as const),
  ],
}

/** What shops of a category are called. */
const kinds: Readonly<Record<string, string>> = {
  ...{ makanan: 'Dapur', minuman: 'Kedai', kue: 'Toko Kue', tenun: 'Rumah Tenun', kerajinan: 'Sanggar' },
  ...{ hasil: 'Kebun', jasa: 'Bengkel Jasa', lainnya: 'Toko' },
}
const words = [
  ...[
    'Kusambi',
    'Flamboyan',
    'Lontar',
    'Sasando',
    'Cendana',
    'Lopo',
    'Tablolong',
    'Lasiana',
    'Bolelebo',
    'Kenari',
  ],
  ...['Sepe', 'Mutiara', 'Karang', 'Fajar', 'Bintang', 'Teluk', 'Kelor', 'Gewang', 'Asam Timor', 'Nunsui'],
  ...['Pelita', 'Rumput Laut', 'Bakau', 'Merpati', 'Harapan'],
]
const tastes = ['', ' khas Timor', ' buatan rumah', ' spesial', ' keluarga', ' asli']
/** More shops of food than of others, as in the city. */
const mainly = [
  'makanan',
  'kue',
  'minuman',
  'tenun',
  'makanan',
  'kerajinan',
  'hasil',
  'jasa',
  'makanan',
  'lainnya',
]

/** Makes the shops, one after the other: always the same ones. Every kelurahan has some, and every category. */
export function demoMarket(places: readonly DemoPlace[]): readonly DemoShop[] {
  const random = createRandom(7)
  const numbers = new Map<string, number>()
  return Array.from({ length: demoMarketSize.shops }, (_, at) => {
    const category = mainly[at % mainly.length] ?? 'lainnya'
    const kelurahan = places[(at * 5) % places.length]
    if (kelurahan === undefined) throw new Error('no kelurahan to put shops in')
    const number = numbers.get(category) ?? 0
    numbers.set(category, number + 1)
    const round = Math.floor(number / words.length)
    return {
      name: `${kinds[category]} ${words[number % words.length]} Contoh${round === 0 ? '' : ` ${round + 1}`}`,
      description: 'DATA CONTOH, bukan usaha sungguhan.',
      kelurahan,
      phone: `628153990${String(at + 1).padStart(4, '0')}`,
      handover: random() < 0.5 ? ['pickup'] : ['pickup', 'delivery'],
      payments: random() < 0.4 ? ['cash'] : ['cash', 'qris'],
      products: makeProducts(category, at, random),
    }
  })
}

/** Four things of what the shop is for, and one of something else. */
function makeProducts(category: string, shop: number, random: () => number): readonly DemoProduct[] {
  const codes = Object.keys(goods)
  return Array.from({ length: demoMarketSize.productsEach }, (_, at) => {
    const code = at < 4 ? category : (codes[(shop + at) % codes.length] ?? category)
    const all = goods[code] ?? []
    const [named, unit, least, most] = all[(shop * 3 + at) % all.length] ?? ['Barang contoh', 'buah', 10, 20]
    const taste = tastes[Math.floor(random() * tastes.length)] ?? ''
    return {
      name: `${named.replace('!', '')}${code === category ? taste : ''}`,
      description: 'Data contoh untuk mencoba katalog.',
      category: code,
      price: Math.round(least + random() * (most - least)) * 1_000,
      unit,
      availability: random() < 0.8 ? 'ready' : 'preorder',
      halal: halalOf(named, code, random),
      state: stateOf(at, random),
      picture: Math.floor(random() * demoPicturesEach),
      daysAgo: 1 + Math.floor(random() * 60),
      views: Math.floor(random() * random() * 40),
    }
  })
}

const foods = ['makanan', 'minuman', 'kue', 'hasil']

function halalOf(named: string, category: string, random: () => number): Halal {
  if (named.startsWith('!')) return 'pork'
  if (!foods.includes(category)) return 'not_food'
  return random() < 0.3 ? 'certified' : 'uncertified'
}

/** Of each shop the first is shown. */
function stateOf(at: number, random: () => number): ProductState {
  const share = random()
  if (at === 0 || share < 0.86) return 'shown'
  if (share < 0.92) return 'sold_out'
  return share < 0.97 ? 'waiting' : 'hidden'
}
