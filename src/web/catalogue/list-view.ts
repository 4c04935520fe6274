import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import type { Html } from '../layout.ts'
import { pageSize } from './catalogue-deps.ts'
import type { CatalogueTexts } from './catalogue-texts.ts'

/** Which page of a list is asked for, from 1; what is no such number is the first. */
export function readPage(typed: string | undefined): number {
  return /^[1-9]\d{0,3}$/.test(typed ?? '') ? Number(typed) : 1
}

/** What part of a list a page holds. */
export function spanOf(page: number): { readonly offset: number; readonly limit: number } {
  return { offset: (page - 1) * pageSize, limit: pageSize }
}

/** How many pages a list has; one where it is empty. */
export function pagesOf(total: number): number {
  return Math.max(1, Math.ceil(total / pageSize))
}

/** The addresses of the pages beside a page. `addressOf`: the address of a page. */
export function besides(page: number, pages: number, addressOf: (page: number) => string) {
  return {
    previous: page > 1 ? addressOf(page - 1) : undefined,
    next: page < pages ? addressOf(page + 1) : undefined,
  }
}

/** The way to the pages before and after; nothing where there is one only. */
export function pageLinks({ list }: CatalogueTexts, { page, pages, addressOf }: PageOf): Html | '' {
  if (pages < 2) return ''
  const { previous, next } = besides(page, pages, addressOf)
  return html`<nav class="pager" aria-label="${list.pages}">${
    previous === undefined
      ? html`<span></span>`
      : html`<a class="button second" rel="prev" href="${previous}">${list.previous}</a>`
  }<span>${fill(list.page, { page, pages })}</span>${
    next === undefined
      ? html`<span></span>`
      : html`<a class="button second" rel="next" href="${next}">${list.next}</a>`
  }</nav>`
}

/** Where in a list one is. */
export interface PageOf {
  readonly page: number
  readonly pages: number
  readonly addressOf: (page: number) => string
}

/** The address of a page of a list: the first has none of its own. */
export function pageAddress(path: string, page: number): string {
  return page === 1 ? path : `${path}?hal=${page}`
}
