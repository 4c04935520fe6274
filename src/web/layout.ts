import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Assets } from './assets.ts'
import { mark } from './mark.ts'
import type { PageTexts } from './page-texts.ts'

/** A piece of HTML in which every value is escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** One page: what differs between pages. */
interface Page {
  readonly title: string
  /** What goes inside `<main id="main">`. */
  readonly body: Html
  /** A class for the body element. */
  readonly kind?: string
  /** At the right of the header. */
  readonly badge?: Html
  /** What else stands in its head: what it is called where its address is shared, and so on. */
  readonly head?: Html
  /** A sheet beside the one of all pages. */
  readonly style?: 'catalogue'
  /** The address of the page's own script. */
  readonly script?: string
  /** The chat fills the screen and has no foot. */
  readonly footless?: boolean
}

/** Lays a page out: head, header with the mark, demo banner, main, foot. */
export type Layout = (page: Page) => Html

/** The frame that all pages share. */
export function createLayout(deps: {
  readonly texts: PageTexts['site']
  readonly assets: Assets
  /** The data are synthetic: every page says so. */
  readonly demo: boolean
}): Layout {
  const { texts, assets } = deps
  const banner = deps.demo ? html`<p class="demo" role="note">${texts.demo}</p>` : ''
  return (page) => html`<!doctype html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#6d2a1b">
<title>${page.title} · ${texts.name}</title>
<link rel="icon" href="${assets.href('mark')}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.href('style')}">
${page.style === undefined ? '' : html`<link rel="stylesheet" href="${assets.href(page.style)}">\n`}${page.head ?? ''}${page.script === undefined ? '' : html`<script src="${page.script}" defer></script>`}
</head>
<body class="${page.kind ?? 'page'}">
<a class="skip" href="#main">${texts.skip}</a>
<header>${banner}
<div class="masthead"><a class="home" href="/">${mark}<span><b>${texts.name}</b><span class="dash"> — </span><span class="service">${texts.service}</span></span></a>${page.badge ?? ''}</div></header>
<main id="main">
${page.body}
</main>
${page.footless === true ? '' : html`<footer class="foot"><p>${texts.footer}</p></footer>`}
</body>
</html>
`
}
