/** How often a part stands on a page. */
export const countOf = (body: string, part: string) => body.split(part).length - 1

/** The head of a page, as it was written. */
export const head = (body: string) => body.slice(0, body.indexOf('</head>'))

/** The words of a page, without its elements. */
export const wordsOf = (body: string) => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

/** What a page tells search engines. */
export const dataIn = (body: string): Record<string, unknown>[] =>
  [...body.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, text]) =>
    JSON.parse(text ?? ''),
  )

/** What a page says where its address is shared. */
export const metaIn = (body: string, property: string) =>
  new RegExp(`<meta property="${property}" content="([^"]*)"`).exec(body)?.[1]
