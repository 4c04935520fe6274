/** How many pictures there are of each category. */
export const demoPicturesEach = 8

const size = 640

/** A picture of a category, drawn of shapes: no photo of anybody's goods. SVG, always the same for the same numbers. */
export function drawDemoPicture(category: string, variant: number): string {
  const hue = (variant * 47 + category.length * 31) % 360
  const ground = grounds[variant % grounds.length] ?? '#c9a26b'
  const draw = drawings[category] ?? parcel
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 640 640"><defs><radialGradient id="light" cx=".35" cy=".25" r="1"><stop offset="0" stop-color="#fff" stop-opacity=".55"/><stop offset=".6" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".25"/></radialGradient></defs><rect width="640" height="640" fill="${ground}"/>${planks(variant)}${draw(hue, variant)}<rect width="640" height="640" fill="url(#light)"/></svg>`
}

const grounds = ['#c9a26b', '#8b5e3c', '#d8c3a0', '#5d6d5a', '#b9876a', '#7b8fa1', '#e4d5b7', '#6b4a3a']

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const circle = (x: number, y: number, r: number, fill: string) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`
const colour = (hue: number, light: number, full = 55) => `hsl(${Math.round(hue) % 360} ${full}% ${light}%)`
const around = (
  count: number,
  radius: number,
  turn: number,
  at: (x: number, y: number, place: number) => string,
) =>
  range(count)
    .map((place) => {
      const angle = ((place + turn / 7) / count) * 2 * Math.PI
      return at(Math.round(320 + radius * Math.cos(angle)), Math.round(330 + radius * Math.sin(angle)), place)
    })
    .join('')

function planks(variant: number): string {
  const width = 90 + (variant % 3) * 40
  return range(8)
    .map((at) => `<rect x="${at * width}" y="0" width="3" height="640" fill="#000" fill-opacity=".12"/>`)
    .join('')
}

type Draw = (hue: number, variant: number) => string

const plate = `${circle(324, 342, 236, '#00000030')}${circle(320, 330, 236, '#fdfaf2')}${circle(320, 330, 190, '#f1e9d8')}`

const dish: Draw = (hue, variant) => {
  const warm = 8 + (hue % 40)
  const pieces = around(
    9 + variant,
    110,
    variant,
    (x, y, at) =>
      `<ellipse cx="${x}" cy="${y}" rx="52" ry="30" transform="rotate(${at * 41} ${x} ${y})" fill="${colour(warm + at * 2, 28 + (at % 4) * 6, 60)}"/>`,
  )
  const leaves = around(
    5,
    40,
    variant,
    (x, y, at) =>
      `<path d="M${x} ${y}q24 -34 48 0q-24 34 -48 0z" transform="rotate(${at * 72} ${x} ${y})" fill="${colour(105, 34)}"/>`,
  )
  return `${plate}${pieces}${leaves}${circle(320, 330, 26, colour(4, 45, 75))}`
}

const drink: Draw = (hue, variant) => {
  const filled = variant % 2 === 0 ? colour(24, 18, 60) : colour(30 + (hue % 70), 42, 70)
  const steam = range(3)
    .map(
      (at) =>
        `<path d="M${250 + at * 60} 190q-26 -40 0 -70t0 -70" stroke="#fff" stroke-opacity=".6" stroke-width="12" fill="none" stroke-linecap="round"/>`,
    )
    .join('')
  return `<ellipse cx="320" cy="500" rx="220" ry="60" fill="#fdfaf2"/><path d="M170 250h300l-34 220q-8 40 -50 40h-132q-42 0 -50 -40z" fill="${colour(hue, 62)}"/><path d="M466 290q90 -6 76 76t-100 70" stroke="${colour(hue, 62)}" stroke-width="26" fill="none"/><ellipse cx="320" cy="250" rx="150" ry="44" fill="#fdfaf2"/><ellipse cx="320" cy="254" rx="132" ry="34" fill="${filled}"/>${steam}`
}

const cakes: Draw = (hue, variant) => {
  const cake = (x: number, y: number, at: number) =>
    `${circle(x + 4, y + 10, 62, '#00000030')}${circle(x, y, 62, colour(34 + (at % 3) * 6, 58, 65))}${circle(x, y - 6, 44, colour(hue + at * 9, 74, 60))}${circle(x, y - 10, 14, colour(352, 48, 70))}`
  return `<rect x="60" y="90" width="520" height="470" rx="40" fill="#fdfaf2"/>${range(9)
    .map((at) => cake(160 + (at % 3) * 160, 180 + Math.floor(at / 3) * 145, at + variant))
    .join('')}`
}

const cloth: Draw = (hue, variant) => {
  const bands = range(10).map((at) => {
    const band = `<rect x="0" y="${at * 64}" width="640" height="64" fill="${colour(hue + (at % 3) * 24, at % 2 === 0 ? 20 : 32, 60)}"/>`
    const figures = range(10).map((step) => {
      const [x, y] = [step * 64 + 32, at * 64 + 32]
      const r = at % 2 === 0 ? 26 : 14 + (variant % 3) * 4
      return `<path d="M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}z" fill="${at % 2 === 0 ? colour(40, 68, 70) : colour(hue + 150, 66)}"/>${circle(x, y, r / 3, colour(hue, 22))}`
    })
    return band + figures.join('')
  })
  const fold = `<path d="M0 0h640v640h-640z" fill="none" stroke="#000" stroke-opacity=".2" stroke-width="20"/><path d="M430 0l60 640h-50l-60 -640z" fill="#000" fill-opacity=".12"/>`
  return bands.join('') + fold
}

const basket: Draw = (hue, variant) => {
  const rows = range(9).flatMap((row) =>
    range(9).map((column) => {
      const light = (row + column + variant) % 2 === 0 ? 62 : 46
      return `<rect x="${140 + column * 40}" y="${230 + row * 34}" width="37" height="31" rx="6" fill="${colour(30 + (hue % 24), light, 50)}"/>`
    }),
  )
  return `<path d="M180 240q0 -170 140 -170t140 170" stroke="${colour(28, 34)}" stroke-width="24" fill="none"/><path d="M120 226h400l-40 330h-320z" fill="${colour(28, 30)}"/>${rows.join('')}<rect x="116" y="212" width="408" height="34" rx="17" fill="${colour(hue, 40)}"/>`
}

const harvest: Draw = (hue, variant) => {
  if (variant % 2 === 0) {
    return `<rect x="210" y="150" width="220" height="60" rx="16" fill="${colour(hue, 38)}"/><rect x="180" y="200" width="280" height="340" rx="50" fill="${colour(36, 50, 85)}"/><rect x="180" y="310" width="280" height="130" fill="#fdfaf2"/>${range(
      3,
    )
      .map(
        (at) => `<path d="M${250 + at * 70} 340l30 18v34l-30 18l-30 -18v-34z" fill="${colour(42, 60, 80)}"/>`,
      )
      .join('')}`
  }
  const fruits = around(8, 120, variant, (x, y, at) => circle(x, y, 56, colour(hue + at * 6, 46, 62)))
  return `${circle(324, 344, 250, '#00000030')}${circle(320, 330, 250, colour(30, 36))}${fruits}${circle(320, 330, 60, colour(hue + 30, 52, 62))}${around(6, 190, variant, (x, y, at) => `<path d="M${x} ${y}q30 -44 60 0q-30 44 -60 0z" transform="rotate(${at * 60} ${x} ${y})" fill="${colour(110, 32)}"/>`)}`
}

const service: Draw = (hue, variant) => {
  const rays = around(12, 210, variant, (x, y) => circle(x, y, 26, colour(hue, 78)))
  const sign =
    variant % 2 === 0
      ? '<path d="M250 200l150 220M400 200l-150 220" stroke="#fdfaf2" stroke-width="26" stroke-linecap="round"/><circle cx="240" cy="452" r="40" fill="none" stroke="#fdfaf2" stroke-width="22"/><circle cx="410" cy="452" r="40" fill="none" stroke="#fdfaf2" stroke-width="22"/>'
      : '<path d="M240 240a70 70 0 1 1 96 96l110 110q14 40 -32 32l-108 -112a70 70 0 0 1 -96 -96l48 48l34 -34z" fill="#fdfaf2"/>'
  return `${circle(320, 330, 250, colour(hue, 30))}${rays}${circle(320, 330, 176, colour(hue, 40))}${sign}`
}

const parcel: Draw = (hue) =>
  `<rect x="130" y="220" width="380" height="320" rx="14" fill="${colour(hue, 48)}"/><rect x="110" y="180" width="420" height="90" rx="14" fill="${colour(hue, 40)}"/><rect x="292" y="180" width="56" height="360" fill="${colour(44, 66, 80)}"/><path d="M320 180q-110 -110 -130 -30q-6 40 130 30q136 10 130 -30q-20 -80 -130 30z" fill="${colour(44, 60, 80)}"/>`

const drawings: Readonly<Record<string, Draw>> = {
  ...{ makanan: dish, minuman: drink, kue: cakes, tenun: cloth, kerajinan: basket, hasil: harvest },
  ...{ jasa: service, lainnya: parcel },
}
