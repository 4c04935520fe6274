import type { Context } from 'hono'
import type { Visitor } from '../../staff/sign-in/sign-in.ts'
import type { DeskRoute, DeskVisit } from './desk-route.ts'

/** A page or an action of the desk's door, for those who are not signed in with both factors. */
export interface DoorRoute extends Omit<DeskRoute, 'permission' | 'handle'> {
  /** `open`: anybody; `enrolling`: with a first password only; `any_session`: whoever has some session. */
  readonly permission: 'open' | 'enrolling' | 'any_session'
  handle(visit: DoorVisit): Promise<Response>
}

/** One request at the door. */
export interface DoorVisit extends Omit<DeskVisit, 'officer'> {
  readonly visitor: Visitor
}

/** What an answer says so that the browser keeps or forgets a session; whole Set-Cookie values. */
export function giveCookies(context: Context, cookies: readonly string[]): void {
  for (const cookie of cookies) context.header('Set-Cookie', cookie, { append: true })
}
