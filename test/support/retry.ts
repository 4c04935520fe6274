/**
 * On a machine that builds (`CI`), a test gets a second try: real processes, sockets and a browser on a busy machine miss a
 * moment now and then, and the report says which did. A property that found a counterexample gets none.
 */
export const retry = process.env.CI === undefined ? 0 : { count: 1, condition: /^(?!Property failed)/ }
