import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { createPictures } from '../src/marketplace/pictures/create-pictures.ts'
import type { Pictures, PromotionShape } from '../src/marketplace/pictures/pictures.ts'
import { parsePromotionWords } from '../src/marketplace/promotion/promotion-words.ts'
import { createDiskPictures } from '../src/storage/picture-store-disk.ts'
import { writableParts } from '../src/web/certificates/writable.ts'
import { markPaths } from '../src/web/mark.ts'
import { spreadOf } from './lib/figures.ts'
import { machine } from './lib/machine.ts'
import { formatFigure, formatTable } from './lib/table.ts'
import { formatVerdicts, judge } from './lib/target.ts'

// A photo as a telephone makes it comes in, and both promotion pictures go out: its forms are made and durable on the disk, and the
// pictures are drawn and durable too. The rows are kept in memory. Beside it sharp alone makes the photo small.
const rounds = 25
const warmUp = 3

const before = machine()
const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-bench-'))
const times: { readonly whole: number; readonly take: number; readonly alone: number }[] = []
let sizes: readonly number[] = []
try {
  const pictures = await openPictures()
  const photo = await makePhoto()
  for (let round = 0; round < warmUp + rounds; round++) {
    const [alone] = await timed(() => sharp(photo).resize(1080, 1080, { fit: 'inside' }).jpeg().toBuffer())
    const [take, id] = await timed(() => taken(pictures, photo))
    const [draw, drawn] = await timed(() => drawBoth(pictures, id, round))
    sizes = drawn
    if (round >= warmUp) times.push({ whole: take + draw, take, alone })
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

const [whole, take, alone] = (['whole', 'take', 'alone'] as const).map((name) =>
  spreadOf(times.map((time) => time[name])),
)
if (whole === undefined || take === undefined || alone === undefined) throw new Error('nothing was measured')
const verdicts = judge([
  { name: 'photo in, both pictures out: ms, p99', value: whole.p99, is: 'at most', limit: 1_000 },
  { name: 'the larger picture: kB', value: Math.max(...sizes) / 1_000, is: 'at most', limit: 300 },
])
const lines = Object.entries({
  'photo in, both pictures out': whole,
  'photo taken': take,
  'sharp alone': alone,
})
const rows = lines.map(([name, { p50, p99, max }]) => [
  name,
  ...[p50, p99, max].map((ms) => formatFigure(ms)),
])
const ratio = whole.p50 / alone.p50
process.stderr.write(
  `${formatTable(['', 'p50 ms', 'p99 ms', 'max ms'], rows)}\n\n${formatVerdicts(verdicts)}\n`,
)
process.stdout.write(
  `${JSON.stringify({ bench: 'photo', ...before, rounds, whole, take, alone, ratio, sizes, targets: verdicts })}\n`,
)

async function openPictures(): Promise<Pictures> {
  const words = await readFile(path.join(import.meta.dirname, '../flows/content/promosi.yaml'), 'utf8')
  const { picture } = parsePromotionWords(words)
  const made = new Map<string, string>()
  return createPictures({
    files: createDiskPictures(folder),
    rows: {
      add: async ({ id, key }) => {
        if (key !== undefined) made.set(key, id)
        return id
      },
      made: async (key) => made.get(key),
      remove: async () => undefined,
    },
    ...{ texts: () => picture, mark: markPaths, legible: writableParts, now: () => new Date(0) },
  })
}

/** 4000 by 3000 pixels with light, shapes and grain, as JPEG of some megabytes. */
async function makePhoto(): Promise<Buffer> {
  const [width, height] = [4_000, 3_000]
  const shapes = Array.from({ length: 40 }, (_, at) => {
    const [x, y, r] = [(at * 739) % width, (at * 523) % height, 120 + ((at * 97) % 400)]
    return `<circle cx="${x}" cy="${y}" r="${r}" fill="hsl(${(at * 47) % 360} 60% 50%)" fill-opacity=".6"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#a9793f"/>${shapes.join('')}</svg>`
  const noise = { type: 'gaussian', mean: 128, sigma: 14 } as const
  const grain = await sharp({ create: { width, height, channels: 3, background: '#808080', noise } })
    .png({ compressionLevel: 1 })
    .toBuffer()
  return sharp(Buffer.from(svg))
    .composite([{ input: grain, blend: 'soft-light' }])
    .flatten()
    .jpeg({ quality: 88 })
    .toBuffer()
}

async function taken(pictures: Pictures, photo: Uint8Array): Promise<string> {
  const outcome = await pictures.take(photo)
  if (outcome.type !== 'taken') throw new Error(outcome.type)
  return outcome.id
}

/** Draws both as an owner gets them; how many bytes they have. */
function drawBoth(pictures: Pictures, photo: string, round: number): Promise<readonly number[]> {
  const card = {
    ...{ photo, name: "Se'i sapi asap kusambi isi 500 gram", price: `Rp${125 + round}.000 / bungkus` },
    ...{ shop: 'Dapur Kusambi Contoh', place: 'Kel. Liliba', halal: 'Bersertifikat halal' },
    page: `https://lopo.kupangkota.go.id/katalog/produk/${1_000 + round}`,
  }
  const draw = async (shape: PromotionShape) => {
    const found = await pictures.read(await pictures.promote(card, shape), 'jpeg')
    return found?.bytes.length ?? 0
  }
  return Promise.all([draw('status'), draw('feed')])
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [number, T]> {
  const started = performance.now()
  const value = await work()
  return [performance.now() - started, value]
}
