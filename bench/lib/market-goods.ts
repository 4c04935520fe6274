/** A synthetic product, as an owner would list it. */
export interface Goods {
  /** Place in the list, from 0. */
  readonly id: number
  readonly name: string
  readonly description: string
  readonly category: string
  readonly price: number
  readonly unit: string
  readonly halal: 'certified' | 'uncertified' | 'pork' | 'not_food'
  readonly availability: 'ready' | 'preorder'
  readonly soldOut: boolean
  /** Place of its shop in the list of shops. */
  readonly shop: number
}

/** A synthetic shop. */
export interface GoodsShop {
  readonly name: string
  readonly kelurahan: string
}

/** A line of goods: its nouns, and what they come in. */
interface Line {
  readonly category: string
  readonly unit: string
  /** Lowest and highest price, in thousands. */
  readonly price: readonly [number, number]
  readonly nouns: readonly string[]
  readonly variants: readonly string[]
}

const lines: readonly Line[] = [
  {
    ...{ category: 'makanan', unit: 'bungkus', price: [15, 90] },
    nouns: [
      "se'i sapi",
      "se'i babi",
      "se'i ayam",
      "se'i ikan",
      'abon sapi',
      'abon ikan',
      'abon ayam',
      'dendeng sapi',
      'dendeng ikan',
    ],
    variants: [
      '',
      'pedas',
      'manis',
      'original',
      'lada hitam',
      'daun jeruk',
      'asap kosambi',
      'rasa kemangi',
      'setengah kering',
      'kemasan vakum',
      'tanpa lemak',
      'bumbu rica',
    ],
  },
  {
    ...{ category: 'makanan', unit: 'botol', price: [10, 60] },
    nouns: [
      "sambal lu'at",
      'sambal roa',
      'sambal teri',
      'sambal bawang',
      'sambal cumi',
      "sambal se'i",
      'sambal tomat',
      'sambal kemangi',
      'sambal kelor',
    ],
    variants: [
      '',
      'pedas',
      'extra pedas',
      'jeruk purut',
      'botol kecil',
      'botol besar',
      'tanpa pengawet',
      'khas timor',
      'kecombrang',
    ],
  },
  {
    ...{ category: 'makanan', unit: 'bungkus', price: [8, 45] },
    nouns: [
      'keripik pisang',
      'keripik singkong',
      'keripik ubi ungu',
      'keripik kelor',
      'keripik tempe',
      'keripik talas',
      'keripik jagung',
      'keripik bayam',
      'kerupuk ikan',
      'kerupuk udang',
      'kacang bawang',
      'kacang telur',
      'kacang sembunyi',
      'kacang mete',
      'emping jagung',
      'jagung titi',
      'jagung goreng',
      'stik keju',
      'stik kelor',
      'rengginang',
    ],
    variants: [
      '',
      'asin',
      'manis',
      'pedas',
      'balado',
      'cokelat',
      'keju',
      'original',
      'jagung bakar',
      'gula aren',
      'daun jeruk',
      'rumput laut',
    ],
  },
  {
    ...{ category: 'makanan', unit: 'porsi', price: [10, 60] },
    nouns: [
      'jagung bose',
      'jagung katemak',
      'nasi kotak',
      'nasi kuning',
      'nasi bakar',
      'bakso sapi',
      'mie ayam',
      'soto ayam',
      'sate ayam',
      'ayam bakar',
      'ayam goreng',
      'ikan kuah asam',
      'ikan bakar',
      'bubur ayam',
      'gado gado',
      'rujak buah',
      'siomay ikan',
      'pempek',
    ],
    variants: [
      '',
      'pedas',
      'santan',
      'komplit',
      'spesial',
      'daun kelor',
      'kacang merah',
      'sambal matah',
      'porsi besar',
      'lengkuas',
      'bumbu kecap',
    ],
  },
  {
    ...{ category: 'minuman', unit: 'bungkus', price: [5, 120] },
    nouns: [
      'kopi bajawa',
      'kopi manggarai',
      'kopi flores',
      'kopi timor',
      'kopi susu',
      'teh kelor',
      'teh rosela',
      'jahe instan',
      'jahe merah',
      'kunyit asam',
      'sirup asam',
      'sirup markisa',
      'jus buah naga',
      'jus alpukat',
      'es kelapa muda',
      'susu kedelai',
      'air nira',
      'cokelat bubuk',
      'yoghurt',
    ],
    variants: [
      '',
      'arabika',
      'robusta',
      'gula aren',
      'bubuk halus',
      'biji sangrai',
      'celup',
      'botol',
      'tanpa gula',
      'madu',
      'kemasan hadiah',
      'literan',
    ],
  },
  {
    ...{ category: 'kue', unit: 'kotak', price: [10, 350] },
    nouns: [
      'kue bagea',
      'kue cucur',
      'kue lapis',
      'kue ulang tahun',
      'kue kering',
      'kue kelapa',
      'roti kelapa',
      'roti sobek',
      'roti tawar',
      'bolu pandan',
      'bolu pisang',
      'bolu kukus',
      'tart susu',
      'donat kentang',
      'brownies kukus',
      'brownies panggang',
      'nastar',
      'kastengel',
      'putri salju',
      'onde onde',
      'pai susu',
      'risol',
      'lemper',
      'puding',
    ],
    variants: [
      '',
      'cokelat',
      'keju',
      'kenari',
      'nanas',
      'gula merah',
      'ubi ungu',
      'kismis',
      'mini',
      'toples',
      'pandan',
      'ayam',
    ],
  },
  {
    ...{ category: 'tenun', unit: 'lembar', price: [60, 1_500] },
    nouns: [
      'kain tenun',
      'sarung tenun',
      'selendang tenun',
      'kemeja tenun',
      'rompi tenun',
      'jaket tenun',
      'kebaya',
      'blus tenun',
      'rok tenun',
      'dasi tenun',
      'sepatu tenun',
      'sandal tenun',
      'masker tenun',
      'syal tenun',
    ],
    variants: [
      '',
      'motif sabu',
      'motif rote',
      'motif sumba',
      'motif amarasi',
      'motif buna',
      'motif sotis',
      'motif alor',
      'motif sikka',
      'motif lembata',
      'pewarna alam',
      'ukuran besar',
      'anak',
    ],
  },
  {
    ...{ category: 'kerajinan', unit: 'buah', price: [5, 900] },
    nouns: [
      "ti'i langga",
      'sasando mini',
      'tas anyaman lontar',
      'tas tenun',
      'dompet tenun',
      'topi tenun',
      'topi lontar',
      'gantungan kunci',
      'gelang manik',
      'kalung manik',
      'anting tenun',
      'bakul lontar',
      'keranjang anyaman',
      'tikar pandan',
      'kipas lontar',
      'lampu hias',
      'bingkai foto',
      'patung kayu',
      'piring lidi',
      'mangkuk tempurung',
      'sendok tempurung',
      'tempat tisu',
      'ikat pinggang tenun',
      'taplak meja',
      'sarung bantal',
      'lilin aroma',
      'sabun kelor',
      'sabun madu',
    ],
    variants: [
      '',
      'kecil',
      'besar',
      'warna alam',
      'warna warni',
      'ukir',
      'polos',
      'motif rote',
      'motif timor',
      'kotak hadiah',
      'pesanan nama',
    ],
  },
  {
    ...{ category: 'hasil', unit: 'kg', price: [8, 200] },
    nouns: [
      'madu hutan',
      'madu trigona',
      'madu timor',
      'kelor bubuk',
      'daun kelor kering',
      'gula lempeng',
      'gula semut',
      'gula air',
      'beras merah',
      'beras hitam',
      'kacang hijau',
      'kacang tanah',
      'kemiri',
      'kenari',
      'asam jawa',
      'minyak kelapa',
      'ikan tongkol',
      'ikan teri kering',
      'ikan asin',
      'cumi kering',
      'udang segar',
      'rumput laut kering',
      'ayam kampung',
      'telur ayam kampung',
      'telur asin',
      'pisang kepok',
      'ubi kayu',
      'alpukat',
      'jeruk soe',
      'cabai rawit',
      'bawang merah',
      'garam laut',
      'sorgum',
      'tepung ubi',
      'bibit pepaya',
      'pupuk kompos',
    ],
    variants: [
      '',
      'amfoang',
      'amarasi',
      'rote',
      'sabu',
      'kualitas satu',
      'kemasan kecil',
      'organik',
      'segar',
      'karungan',
    ],
  },
  {
    ...{ category: 'jasa', unit: 'kali', price: [15, 2_500] },
    nouns: [
      'jasa jahit baju',
      'jasa jahit kebaya',
      'permak celana',
      'cuci setrika',
      'cuci karpet',
      'cuci sepatu',
      'pangkas rambut',
      'rias pengantin',
      'rias wisuda',
      'servis ac',
      'servis hp',
      'servis kulkas',
      'sewa tenda',
      'sewa kursi',
      'dekorasi pesta',
      'foto prewedding',
      'cetak undangan',
      'sablon kaos',
      'bordir nama',
      'las pagar',
      'tukang bangunan',
      'les bahasa inggris',
      'pijat urut',
      'antar barang',
    ],
    variants: ['', 'kilat', 'panggilan', 'paket hemat', 'paket lengkap', 'harian', 'rumahan'],
  },
]

const titles = [
  'Mama',
  'Oma',
  'Ibu',
  'Kaka',
  'Bunda',
  'Dapur',
  'Rumah',
  'Kios',
  'Sanggar',
  'Usaha',
  'Berkat',
  'Kelompok',
  'Tani',
  'Warung',
  'Pondok',
]
const names = [
  ...[
    'Ina',
    'Beti',
    'Naomi',
    'Yuli',
    'Marta',
    'Selfi',
    'Oky',
    'Dorkas',
    'Ester',
    'Lusi',
    'Rambu',
    'Welmince',
    'Adel',
    'Yanti',
    'Novi',
  ],
  ...[
    'Flobamora',
    'Cendana',
    'Lontar',
    'Sasando',
    'Kasih',
    'Karunia',
    'Sejahtera',
    'Mandiri',
    'Maju',
    'Harapan',
    'Fajar',
    'Bintang',
  ],
  ...[
    'Gemilang',
    'Rejeki',
    'Anugerah',
    'Eklesia',
    'Imanuel',
    'Pelangi',
    'Mutiara',
    'Melati',
    'Anggrek',
    'Kosambi',
    'Haumeni',
    'Feto',
  ],
  ...[
    'Mone',
    'Neno',
    'Oenai',
    'Tunfeu',
    'Baki',
    'Nekmese',
    'Setia',
    'Abadi',
    'Lestari',
    'Makmur',
    'Damai',
    'Sehati',
  ],
]
const descriptions = [
  'Dibuat di rumah dari bahan pilihan.',
  'Bisa pesan banyak untuk acara keluarga.',
  'Cocok untuk oleh-oleh dan hadiah.',
  'Dikemas rapi, tahan dua minggu.',
  'Produksi kelompok ibu-ibu, dibuat setiap pagi.',
  '',
]

/** Shops of the city, each with its kelurahan; the same for the same numbers. */
export function makeShops(count: number, kelurahan: readonly string[]): readonly GoodsShop[] {
  return Array.from({ length: count }, (_, index) => ({
    name: brandOf(index * 7 + 3),
    kelurahan: kelurahan[(index * 11) % kelurahan.length] ?? '',
  }))
}

/**
 * So many products, no two branded ones alike: of each kind some carry the name of a house ("Abon sapi pedas Mama Ina"), and two of five
 * do not. The same for the same count.
 */
export function makeGoods(count: number, shops: number): readonly Goods[] {
  const kinds = lines.flatMap((line) =>
    line.nouns.flatMap((noun) => line.variants.map((variant) => ({ line, noun, variant }))),
  )
  return Array.from({ length: count }, (_, id) => {
    const kind = kinds[id % kinds.length]
    if (kind === undefined) throw new Error('there are no goods')
    const round = Math.floor(id / kinds.length)
    const { line, noun, variant } = kind
    const isBranded = round % 5 < 3
    // Each round has another house for each kind.
    const brand = isBranded ? brandOf((id % kinds.length) * 13 + round * 101) : ''
    const name = [noun, variant, brand].filter((part) => part !== '').join(' ')
    const [low, high] = line.price
    const price = low + ((id * 37) % Math.max(1, high - low))
    return {
      id,
      name: `${name[0]?.toUpperCase()}${name.slice(1)}`,
      description: descriptions[(id * 5) % descriptions.length] ?? '',
      category: line.category,
      price: price * 1_000,
      unit: line.unit,
      halal: halalOf(line, noun, id),
      availability: id % 9 === 0 ? 'preorder' : 'ready',
      soldOut: id % 13 === 0,
      shop: (id * 17) % shops,
    }
  })
}

function brandOf(index: number): string {
  const all = titles.length * names.length
  const at = index % all
  return `${titles[at % titles.length]} ${names[Math.floor(at / titles.length)]}`
}

function halalOf({ category }: Line, noun: string, id: number): Goods['halal'] {
  if (noun.includes('babi')) return 'pork'
  if (['tenun', 'kerajinan', 'jasa'].includes(category)) return 'not_food'
  return id % 3 === 0 ? 'certified' : 'uncertified'
}
