const machines =
  /(?<!cu)bot(?![a-z])|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|curl|wget|python|java\/|okhttp|axios|go-http|libwww|scrapy|monitor|lighthouse|node|undici/i

/** Whether a program looks, and no person: by what it calls itself, or that it says nothing. */
export function isMachine(userAgent: string | undefined): boolean {
  return userAgent === undefined || userAgent.trim() === '' || machines.test(userAgent)
}
