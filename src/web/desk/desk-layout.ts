import { html } from 'hono/html'
import { may, type Officer, type Permission } from '../../staff/officer.ts'
import type { Assets } from '../assets.ts'
import type { Html } from '../layout.ts'
import { mark } from '../mark.ts'
import type { PageTexts } from '../page-texts.ts'
import { deskForm, deskHref } from './desk-form.ts'
import { deskRoot } from './desk-request.ts'
import type { DeskPage } from './desk-route.ts'
import type { DeskTexts } from './desk-texts.ts'

/** An entry of the navigation: seen by whoever has the permission. */
export interface DeskSection {
  /** What a page's `section` says to light it. */
  readonly name: string
  readonly label: string
  /** Below /desk. */
  readonly path: string
  readonly permission: Permission | 'signed_in'
}

/** A page and whom it is for. */
interface Framed {
  readonly page: DeskPage
  readonly csrf: string
  /** Signed in with both factors: sees the navigation. */
  readonly officer?: Officer | undefined
  /** Has some session, and so may leave. */
  readonly mayLeave: boolean
  readonly flash?: string | undefined
}

/** Lays a page of the desk out. */
export type DeskLayout = (framed: Framed) => Html

/** The frame of the desk's pages: masthead, navigation by permission, what just happened, the page. */
export function createDeskLayout(deps: {
  readonly texts: DeskTexts
  readonly site: PageTexts['site']
  readonly assets: Assets
  /** The data are synthetic: every page says so. */
  readonly demo: boolean
  readonly sections: readonly DeskSection[]
}): DeskLayout {
  const { texts, site, demo } = deps
  const { frame } = texts
  const banner = demo ? html`<p class="demo" role="note">${site.demo}</p>` : ''
  const brand = html`<a class="home" href="${deskRoot}">${mark}<span><b>${frame.name}</b><span class="dash"> — </span><span class="service">${frame.service}</span></span></a>`
  return (framed) => html`<!doctype html>
<html lang="${site.language}">
${head(deps, framed.page.title)}
<body class="desk">
<a class="skip" href="#main">${site.skip}</a>
<header>${banner}
<div class="masthead">${brand}${phoneMenu(deps, framed)}</div></header>
<div class="frame">${sideMenu(deps, framed)}
<main id="main">
${framed.flash === undefined ? '' : html`<p class="flash" role="status">${framed.flash}</p>`}
${framed.page.body}
</main></div>
<footer class="foot"><p>${frame.footer}</p></footer>
</body>
</html>
`
}

type Deps = Parameters<typeof createDeskLayout>[0]

// Nothing of htmx may need inline style or script; a part that cannot be renewed stays as it is.
const htmxConfig = JSON.stringify({
  includeIndicatorCSS: false,
  noSwap: [204, 304, '401', '403', '404', '5xx'],
})

function head({ texts, assets }: Deps, title: string): Html {
  return html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#6d2a1b">
<meta name="robots" content="noindex, nofollow">
<meta name="htmx-config" content="${htmxConfig}">
<title>${title} · ${texts.frame.name} ${texts.frame.service}</title>
<link rel="icon" href="${assets.href('mark')}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.href('style')}">
<link rel="stylesheet" href="${assets.href('desk')}">
<script src="${assets.href('htmx')}" defer></script>
</head>`
}

// Two lists of the same links, of which CSS shows one: a folded one for phones, needing no script, and one at the side.
function phoneMenu(deps: Deps, framed: Framed): Html | '' {
  if (!framed.mayLeave) return ''
  const { frame } = deps.texts
  if (framed.officer === undefined) return leaveForm(deps, framed)
  return html`<details class="menu"><summary>${frame.menu}</summary><nav aria-label="${frame.navigation}">${links(deps, framed, framed.officer)}</nav></details>`
}

function sideMenu(deps: Deps, framed: Framed): Html | '' {
  if (framed.officer === undefined) return ''
  return html`<nav class="side" aria-label="${deps.texts.frame.navigation}">${links(deps, framed, framed.officer)}</nav>`
}

function links(deps: Deps, framed: Framed, officer: Officer): Html {
  const { texts, sections } = deps
  const seen = sections.filter(({ permission }) => permission === 'signed_in' || may(officer, permission))
  const roles = officer.roles.map((role) => texts.roles[role].label).join(', ')
  return html`<p class="whoami"><b>${officer.name}</b><span>${roles}</span></p>
<ul>${seen.map((section) => html`<li>${link(section, framed.page.section)}</li>`)}</ul>
${leaveForm(deps, framed)}`
}

function link({ name, label, path }: DeskSection, lit: string | undefined): Html {
  return html`<a class="nav-link" href="${deskHref(path)}"${name === lit ? html` aria-current="page"` : ''}>${label}</a>`
}

function leaveForm({ texts }: Deps, framed: Framed): Html {
  const button = html`<button class="quiet" type="submit">${texts.frame.leave}</button>`
  return deskForm(framed, '/keluar', button, { kind: 'leave' })
}
