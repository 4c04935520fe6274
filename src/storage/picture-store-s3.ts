import { AwsClient } from 'aws4fetch'
import { isPictureKey, type PictureStore } from './picture-store.ts'

/** A bucket of a store that speaks S3. */
export interface PictureBucket {
  /** Such as `https://s3.ap-southeast-3.amazonaws.com`; the bucket is the first part of the path. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKey: string
  readonly secretKey: string
}

const patienceMs = 20_000
const tries = 3
const atOnce = 8

/** Keeps pictures in a bucket. An error has `retryable`, and neither key nor secret. */
export function createS3Pictures(at: PictureBucket): PictureStore {
  const { endpoint, bucket, region, accessKey, secretKey } = at
  const client = new AwsClient({
    ...{ accessKeyId: accessKey, secretAccessKey: secretKey, region, service: 's3', retries: tries },
  })
  const root = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}`
  const call: Call = async (address, init) => {
    const signal = AbortSignal.timeout(patienceMs)
    const answer = await client.fetch(`${root}${address}`, { ...init, signal }).catch((cause: unknown) => {
      throw failed('does not answer', true, cause)
    })
    if (answer.ok || answer.status === 404) return answer
    await answer.body?.cancel()
    throw failed(`answers ${answer.status}`, answer.status >= 500 || answer.status === 429)
  }
  return {
    async write(key, { bytes, mime }) {
      const headers = { 'content-type': mime, 'cache-control': 'private, no-store' }
      const { status } = await call(addressOf(key), { method: 'PUT', headers, body: bytes })
      if (status === 404) throw failed('has no such bucket', false)
    },
    async read(key) {
      const answer = await call(addressOf(key), { method: 'GET' })
      if (answer.status !== 404) return new Uint8Array(await answer.arrayBuffer())
      await answer.body?.cancel()
    },
    async remove(keys) {
      for (let from = 0; from < keys.length; from += atOnce) {
        const some = keys.slice(from, from + atOnce)
        await Promise.all(some.map((key) => call(addressOf(key), { method: 'DELETE' })))
      }
    },
    list: (before) => listBucket(call, before),
  }
}

type Call = (address: string, init: RequestInit) => Promise<Response>

function addressOf(key: string): string {
  if (!isPictureKey(key)) throw new Error('a picture has another key')
  return `/${key}`
}

/** A thousand at a time, as the store gives them. */
async function* listBucket(call: Call, before: Date): AsyncGenerator<readonly string[]> {
  let token: string | undefined
  do {
    const query = new URLSearchParams({ 'list-type': '2' })
    if (token !== undefined) query.set('continuation-token', token)
    const answer = await call(`/?${query}`, { method: 'GET' })
    const page = await answer.text()
    const keys = [...page.matchAll(/<Contents>(.*?)<\/Contents>/gs)].flatMap(([, entry = '']) => {
      const key = elementOf(entry, 'Key') ?? ''
      const written = new Date(elementOf(entry, 'LastModified') ?? Number.NaN)
      return isPictureKey(key) && written < before ? [key] : []
    })
    if (keys.length > 0) yield keys
    token = elementOf(page, 'IsTruncated') === 'true' ? elementOf(page, 'NextContinuationToken') : undefined
  } while (token !== undefined)
}

const entities: Readonly<Record<string, string>> = {
  ...{ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' },
}

function elementOf(xml: string, name: string): string | undefined {
  const [, text] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? []
  return text?.replace(/&(lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? entity)
}

function failed(what: string, retryable: boolean, cause?: unknown): Error & { readonly retryable: boolean } {
  return Object.assign(new Error(`the picture store ${what}`, { cause }), { retryable })
}
