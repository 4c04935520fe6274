import { createRequire } from 'node:module'
import sharp, { type OverlayOptions } from 'sharp'

const require = createRequire(import.meta.url)
/** A font that comes with the program: a server needs none of its own, and a name is drawn the same everywhere. */
const fonts = {
  regular: {
    name: 'PT Serif',
    file: require.resolve('@expo-google-fonts/pt-serif/400Regular/PTSerif_400Regular.ttf'),
  },
  bold: {
    name: 'PT Serif Bold',
    file: require.resolve('@expo-google-fonts/pt-serif/700Bold/PTSerif_700Bold.ttf'),
  },
} as const

/** How a text is to be written, and the room it has, in pixels. */
export interface Writing {
  readonly text: string
  readonly font: keyof typeof fonts
  readonly colour: string
  /** The largest and the smallest letters. */
  readonly largest: number
  readonly smallest: number
  readonly width: number
  readonly height: number
}

/** A text that was written: pixels as large as its letters. */
export interface Written {
  readonly width: number
  readonly height: number
  /** How it is laid upon a picture. */
  at(left: number, top: number): OverlayOptions
}

/**
 * Writes a text as large as it fits, in as many lines as that takes; at its smallest, words that have no room are left out.
 * Undefined where there is nothing to write. The text must hold only letters that the font has.
 */
export async function writeText(writing: Writing): Promise<Written | undefined> {
  const { text, largest, smallest, height } = writing
  if (text.trim() === '') return undefined
  for (let size = largest; size > smallest; size = Math.max(smallest, Math.floor(size * 0.92))) {
    const written = await render(writing, text, size)
    if (written.height <= height) return written
  }
  for (let words = text.split(' '); ; words = words.slice(0, -1)) {
    const rest = words.join(' ')
    const written = await render(writing, rest === text ? text : `${rest}…`, smallest)
    if (written.height <= height || words.length <= 1) return written
  }
}

async function render({ font, colour, width }: Writing, text: string, size: number): Promise<Written> {
  const { name, file } = fonts[font]
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${colour}">${escapeMarkup(text)}</span>`,
      ...{ font: `${name} ${size}`, fontfile: file, rgba: true, dpi: 72 },
      ...{ width, wrap: 'word-char', spacing: Math.round(size * 0.04) },
    },
  })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return {
    width: info.width,
    height: info.height,
    at: (left, top) => ({
      input: data,
      raw: { width: info.width, height: info.height, channels: 4 },
      ...{ left: Math.round(left), top: Math.round(top) },
    }),
  }
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
