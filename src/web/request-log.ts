import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Logger } from 'pino'

/**
 * Logs each request by its route, such as `/cek/:token`: neither tokens nor what people put into addresses are
 * written down.
 */
export function requestLog(log: Logger): MiddlewareHandler {
  return async (context, next) => {
    const start = performance.now()
    await next()
    const ms = Math.round(performance.now() - start)
    log.info(
      { method: context.req.method, route: routePath(context, -1), status: context.res.status, ms },
      'request',
    )
  }
}
