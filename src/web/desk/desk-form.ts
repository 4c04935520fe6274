import { html } from 'hono/html'
import type { Html } from '../layout.ts'
import { deskRoot } from './desk-request.ts'
import type { DeskVisit } from './desk-route.ts'

/** How a form of the desk is sent. */
export interface DeskFormOptions {
  /** It carries a file. Its csrf word then stands in the address, so that nothing of the file is read before it was looked at. */
  readonly file?: boolean
  /** A class for the form element. */
  readonly kind?: string
  /** With JavaScript, the answer's body replaces what this selector finds, instead of the whole page. */
  readonly target?: string
  /** Goes to the form element, so that a label outside can name it. */
  readonly id?: string
}

/** A form that posts to a path below /desk, with the session's csrf word in it. */
export function deskForm(
  visit: Pick<DeskVisit, 'csrf'>,
  path: string,
  body: Html,
  options: DeskFormOptions = {},
): Html {
  const { file = false, kind = 'form', target, id } = options
  const plain = deskHref(path)
  const action = file ? `${plain}${plain.includes('?') ? '&' : '?'}csrf=${visit.csrf}` : plain
  return html`<form method="post" action="${action}" class="${kind}" novalidate${id === undefined ? '' : html` id="${id}"`}${
    file ? html` enctype="multipart/form-data"` : ''
  }${target === undefined ? '' : html` hx-post="${action}" hx-target="${target}"`}>${
    file ? '' : html`<input type="hidden" name="csrf" value="${visit.csrf}">`
  }${body}</form>`
}

/** The address of a path below /desk; `/` is the desk's first page. */
export function deskHref(path: string): string {
  return path === '/' ? deskRoot : `${deskRoot}${path.startsWith('/') ? '' : '/'}${path}`
}
