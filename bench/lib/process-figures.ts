/** Processor time of this process so far, in milliseconds. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** Memory of this process once its garbage is collected, in bytes; needs `--expose-gc`. */
export async function memoryAfterCollection(): Promise<{ rss: number; heapUsed: number }> {
  if (globalThis.gc === undefined) throw new Error('memory needs --expose-gc')
  // What the first collection frees may be held by callbacks that run after it.
  for (let times = 0; times < 2; times += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    globalThis.gc()
  }
  const { rss, heapUsed } = process.memoryUsage()
  return { rss, heapUsed }
}
