import type { Officer } from '../staff/officer.ts'
import type { DeskSection } from '../web/desk/desk-layout.ts'
import type { DeskRoute } from '../web/desk/desk-route.ts'
import type { Tile } from '../web/desk/home-page.ts'

/** What one area brings to the desk. */
export interface Area {
  readonly routes: readonly DeskRoute[]
  readonly sections: readonly DeskSection[]
  tiles(officer: Officer): Promise<readonly Tile[]>
}
