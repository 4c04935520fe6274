import type { Context } from 'hono'
import type { Officer, Permission } from '../../staff/officer.ts'
import type { Html } from '../layout.ts'

/** A page or an action of the desk. Routes are data, so that one test can try each of them as every role. */
export interface DeskRoute {
  readonly method: 'get' | 'post'
  /** Below /desk, with parameters as Hono writes them: `/tiket/:number`. */
  readonly path: string
  /** What it asks of the officer; `signed_in`: whoever is signed in with both factors. */
  readonly permission: Permission | 'signed_in'
  /**
   * Bytes of the largest request it takes; a form's 64 kB when left out. A body that does not say its length beforehand is the
   * route's to count as it reads.
   */
  readonly maxBytes?: number
  /** Called once the officer is known to be allowed and, for a post, the request to come from the desk's own page. */
  handle(visit: DeskVisit): Promise<Response>
}

/** One request of an officer who may make it. */
export interface DeskVisit {
  readonly context: Context
  readonly officer: Officer
  /** What every form carries in a hidden field `csrf`: `deskForm` puts it there. */
  readonly csrf: string
  /** The fields of the form, each once; files are left to the route, which reads `context.req` itself where it takes any. */
  fields(): Promise<Readonly<Record<string, string>>>
  /** A whole page in the desk's frame, or only its body where htmx asked for a part. */
  page(page: DeskPage, status?: 200 | 400 | 403 | 404 | 409 | 413 | 422 | 429): Response | Promise<Response>
  /** Goes to a page of the desk (path below /desk) after a post; `flash` is shown there once. */
  redirect(path: string, flash?: string): Response
}

/** What differs between pages of the desk. */
export interface DeskPage {
  readonly title: string
  readonly body: Html
  /** The entry of the navigation that is lit. */
  readonly section?: string
}
