import { isIPv4, isIPv6 } from 'node:net'

/**
 * The network that a request comes from, for limits: an IPv4 address, or the 64 bits of an IPv6 address that one customer
 * has to himself. It is read from X-Forwarded-For, which must hold the one address that is believed.
 */
export function clientNetwork(headers: Headers): string {
  const address = (headers.get('x-forwarded-for')?.trim() ?? '').replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(address)) return address
  return isIPv6(address) ? firstHalf(address) : 'unknown'
}

function firstHalf(address: string): string {
  const [front = '', back = ''] = address.toLowerCase().replace(/%.*$/, '').split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const written = [groups(front), groups(back)] as const
  const zeros = Array.from({ length: Math.max(0, 8 - written[0].length - written[1].length) }, () => '0')
  return [...written[0], ...zeros, ...written[1]]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
