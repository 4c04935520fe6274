import { html, raw } from 'hono/html'
import type { ListedPhoto } from '../../marketplace/catalogue/listing.ts'
import type { Html } from '../layout.ts'
import type { CataloguePagesDeps } from './catalogue-deps.ts'
import { breadcrumbData } from './structured-data.ts'

/** A page above this one. */
export interface Crumb {
  readonly title: string
  readonly path: string
}

/** A page of the catalogue: what differs between them. */
export interface CatalogueView {
  readonly title: string
  readonly body: Html
  /** Its own address, of the one spelling that counts. Without one, search engines are asked to leave it out. */
  readonly path?: string | undefined
  readonly description?: string
  /** What is shown where its address is shared. */
  readonly photo?: (Partial<ListedPhoto> & Pick<ListedPhoto, 'id'> & { readonly alt: string }) | undefined
  readonly isProduct?: boolean
  /** The pages above it, the catalogue's first page left out. */
  readonly crumbs?: readonly Crumb[]
  /** What it is called at the end of the way to it, where that is shorter than its title. */
  readonly here?: string
  /** What search engines read of it, beside the way to it. */
  readonly data?: readonly object[]
  /** Addresses of the pages beside it in a list. */
  readonly previous?: string | undefined
  readonly next?: string | undefined
}

/** Where the catalogue is. */
export const root = '/katalog'

/** The address of a form of a picture. */
export function pictureHref(id: string, form: 'w160' | 'w480' | 'w1080' | 'jpeg'): string {
  return `${root}/gambar/${id}-${form}.${form === 'jpeg' ? 'jpg' : 'webp'}`
}

/** Lays a page of the catalogue out. */
export function renderView({ layout, texts, publicUrl }: CataloguePagesDeps, view: CatalogueView): Html {
  const { site } = texts()
  const { here = view.title } = view
  const crumbs = view.crumbs === undefined ? [] : [{ title: site.to_catalogue, path: root }, ...view.crumbs]
  return layout({
    title: view.title,
    kind: 'katalog',
    style: 'catalogue',
    badge: html`<a class="badge" href="/chat">${site.to_chat}</a>`,
    head: html`${addressHead(view, publicUrl())}${shareHead(view, site, publicUrl())}
${dataHead([...(view.data ?? []), ...(crumbs.length > 0 ? [breadcrumbData([...crumbs, { title: here, path: view.path }], publicUrl())] : [])])}`,
    body: html`${crumbs.length > 0 ? trail(site.crumbs, crumbs, here) : ''}${view.body}`,
  })
}

function addressHead({ path, previous, next, description }: CatalogueView, origin: string): Html {
  const link = (rel: string, to: string | undefined) =>
    to === undefined ? '' : html`<link rel="${rel}" href="${origin}${to}">\n`
  return html`${description === undefined ? '' : html`<meta name="description" content="${description}">\n`}${
    path === undefined
      ? html`<meta name="robots" content="noindex, follow">\n`
      : html`${link('canonical', path)}${link('prev', previous)}${link('next', next)}`
  }`
}

/** OpenGraph: what WhatsApp, Telegram and others show of a link. They want a JPEG and whole addresses. */
function shareHead(
  { title, description, path, photo, isProduct }: CatalogueView,
  site: { readonly name: string; readonly description: string },
  origin: string,
): Html {
  if (path === undefined) return html``
  const property = (name: string, content: string | number) =>
    html`<meta property="${name}" content="${content}">\n`
  const size = (name: string, pixels: number | undefined) =>
    pixels === undefined ? '' : property(`og:image:${name}`, pixels)
  const picture =
    photo === undefined
      ? ''
      : html`${property('og:image', origin + pictureHref(photo.id, 'jpeg'))}${property('og:image:type', 'image/jpeg')}${size('width', photo.width)}${size('height', photo.height)}${property('og:image:alt', photo.alt)}`
  return html`${property('og:type', isProduct === true ? 'product' : 'website')}${property('og:site_name', site.name)}${property('og:locale', 'id_ID')}${property('og:title', title)}${property('og:description', description ?? site.description)}${property('og:url', origin + path)}${picture}<meta name="twitter:card" content="${photo === undefined ? 'summary' : 'summary_large_image'}">`
}

/** Data, no program: the content policy lets it be. Nothing in it can end the element. */
function dataHead(data: readonly object[]): Html {
  const written = data.map((each) =>
    JSON.stringify(each).replace(/[<>&\u2028\u2029]/g, (letter) => {
      return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
    }),
  )
  return html`${written.map((each) => html`<script type="application/ld+json">${raw(each)}</script>\n`)}`
}

function trail(label: string, crumbs: readonly Crumb[], here: string): Html {
  return html`<nav class="crumbs" aria-label="${label}"><ol>${crumbs.map(
    ({ title, path }) => html`<li><a href="${path}">${title}</a></li>`,
  )}<li aria-current="page">${here}</li></ol></nav>`
}
