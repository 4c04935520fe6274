import { isIPv6 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * Whether a request was made by a page of this server. Browsers say so in Sec-Fetch-Site or Origin, very old ones in
 * Referer only; a request that says nothing is refused.
 */
export function isSameOrigin(context: Context, publicOrigin: string | undefined): boolean {
  const site = context.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const claimed = originOf(context.req.header('origin') ?? context.req.header('referer'))
  if (claimed === undefined) return false
  return claimed.origin === publicOrigin || claimed.host === context.req.header('host')
}

function originOf(url: string | undefined): URL | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url) : undefined
}

/**
 * The network a request comes from: an IPv4 address, or the first half of an IPv6 one, which one customer has whole. A
 * proxy is believed only when it runs on this machine.
 */
export function clientNetwork(context: Context): string {
  const ip = remoteAddress(context)
  const forwarded = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return networkOf(forwarded !== undefined && isLoopback(ip) ? forwarded : ip)
}

function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip
  const mapped = /^::ffff:(\d+(\.\d+){3})$/i.exec(ip)?.[1]
  if (mapped !== undefined) return mapped
  const [head = '', tail] = ip.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  // What is left out between two colons is zeros.
  const first = tail === undefined ? groups : [...groups, '0', '0', '0', '0']
  return first
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

function remoteAddress(context: Context): string {
  return context.env === undefined ? 'unknown' : (getConnInfo(context).remote.address ?? 'unknown')
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || /^(::ffff:)?127\./.test(ip)
}

/** Whether the page's script asks; else it is a plain form, which wants a page for an answer. */
export function wantsJson(context: Context): boolean {
  return context.req.header('accept')?.includes('application/json') === true
}
