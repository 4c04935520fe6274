import os from 'node:os'

/** What the figures were measured on; `load` is the run queue of the minute before. */
export function machine() {
  return {
    date: new Date().toISOString(),
    node: process.version,
    cpus: os.availableParallelism(),
    cpu: os.cpus()[0]?.model ?? '',
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    load: os.loadavg()[0] ?? 0,
  }
}
