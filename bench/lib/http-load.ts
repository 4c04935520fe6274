import { Agent, get } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'

// Fetches addresses over and over, so many at once, in a thread of its own: what it costs is not the server's.
const wish = z.object({
  url: z.string(),
  paths: z.array(z.string()),
  lanes: z.number(),
  warmUpMs: z.number(),
  measureMs: z.number(),
})

interface Fetched {
  readonly status: number
  readonly bytes: number
}

const { url, paths, lanes, warmUpMs, measureMs } = wish.parse(workerData)
const agent = new Agent({ keepAlive: true, maxSockets: lanes })
const times: number[] = []
let bytes = 0
let wrong = 0
let next = 0
const begun = performance.now()

/** Fetches one after the other until the time is over. */
async function lane(): Promise<void> {
  for (;;) {
    const since = performance.now()
    if (since - begun > warmUpMs + measureMs) return
    const path = paths[next++ % paths.length] ?? '/'
    const fetched = await fetchOne(url + path)
    if (since - begun < warmUpMs) continue
    times.push(performance.now() - since)
    bytes += fetched.bytes
    if (fetched.status !== 200) wrong += 1
  }
}

function fetchOne(address: string): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    const headers = {
      'accept-encoding': 'gzip',
      'user-agent': 'Mozilla/5.0 (Linux; Android 9) Chrome/120 Mobile',
    }
    const request = get(address, { agent, headers }, (response) => {
      let got = 0
      response.on('data', (chunk: Buffer) => {
        got += chunk.length
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes: got }))
      response.on('error', reject)
    })
    request.on('error', reject)
  })
}

await Promise.all(Array.from({ length: lanes }, lane))
agent.destroy()
parentPort?.postMessage({ times, bytes, wrong })
