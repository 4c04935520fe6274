import type { DeskRoute } from '../desk-route.ts'
import { digestRoutes } from './digest-routes.ts'
import { importRoutes } from './import-routes.ts'
import { invitationRoutes } from './invitation-routes.ts'
import type { MarketImportPagesDeps } from './market-import-deps.ts'

/** Lists of UMKM, invitations of their owners, and the weekly digest. */
export function marketImportRoutes(deps: MarketImportPagesDeps): readonly DeskRoute[] {
  return [...importRoutes(deps), ...invitationRoutes(deps), ...digestRoutes(deps)]
}
