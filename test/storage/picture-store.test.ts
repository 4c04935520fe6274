import { createHash, createHmac, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PictureStore } from '../../src/storage/picture-store.ts'
import { createDiskPictures } from '../../src/storage/picture-store-disk.ts'
import { createS3Pictures } from '../../src/storage/picture-store-s3.ts'

const bytes = new Uint8Array([1, 2, 3, 250])
const picture = { bytes, mime: 'image/webp' }
const key = () => `${randomUUID()}.w480`

async function listed(store: PictureStore, before: Date): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const some of store.list(before)) keys.push(...some)
  return keys
}

describe('createDiskPictures', () => {
  let folder: string
  let store: PictureStore
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-pictures-'))
    store = createDiskPictures(path.join(folder, 'pictures'))
    return () => rm(folder, { recursive: true })
  })

  it('gives back what was written last, and nothing once it is removed', async () => {
    const at = key()
    await store.write(at, { ...picture, bytes: new Uint8Array([9]) })
    await store.write(at, picture)
    expect(await store.read(at)).toEqual(bytes)
    await store.remove([at, key()])
    expect(await store.read(at)).toBeUndefined()
  })

  it('keeps nobody else of the machine in the folder, and leaves no half of a file', async () => {
    const at = key()
    await Promise.all([store.write(at, picture), store.write(at, picture)])
    expect((await stat(path.join(folder, 'pictures'))).mode & 0o777).toBe(0o700)
    expect(await readdir(path.join(folder, 'pictures', at.slice(0, 2)))).toEqual([at])
  })

  it('lists what was written before a moment, and erases what a crash left half written', async () => {
    expect(await listed(store, new Date())).toEqual([])
    const [old, fresh] = [key(), key()]
    await store.write(old, picture)
    await store.write(fresh, picture)
    const shard = path.join(folder, 'pictures', old.slice(0, 2))
    const half = path.join(shard, `${key()}.${randomUUID()}.new`)
    await writeFile(half, 'half')
    for (const file of [path.join(shard, old), half]) await utimes(file, 1_000, 1_000)
    expect(await listed(store, new Date(2_000_000))).toEqual([old])
    expect(await readdir(shard)).not.toContain(path.basename(half))
  })

  it('takes no key that leads elsewhere', async () => {
    await expect(store.read('../../etc/passwd')).rejects.toThrow('another key')
    expect(() => store.write('a/b', picture)).toThrow('another key')
  })
})

describe('createS3Pictures', () => {
  const [accessKey, secretKey] = ['AKCONTOH', 'rahasia-contoh']
  const kept = new Map<string, { readonly body: Buffer; readonly type: string }>()
  let answers: number[] = []
  let seen: string[] = []
  let address = ''
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    seen.push(`${request.method} ${request.url}`)
    const refused = answers.shift() ?? (isSigned(request, body, secretKey) ? undefined : 403)
    if (refused !== undefined) return response.writeHead(refused).end('<Error>AKCONTOH</Error>')
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x')
    if (pathname === '/toko/') return response.end(pageOf(searchParams.get('continuation-token')))
    if (request.method === 'PUT') kept.set(pathname, { body, type: request.headers['content-type'] ?? '' })
    if (request.method === 'DELETE') kept.delete(pathname)
    const found = request.method === 'GET' ? kept.get(pathname) : undefined
    if (request.method === 'GET' && found === undefined) return response.writeHead(404).end('<Error/>')
    return response.end(found?.body)
  })
  const [first, second] = [key(), key()]
  /** Two pages, as a store gives more than a thousand. */
  function pageOf(token: string | null): string {
    const entry = (name: string, at: string) =>
      `<Contents><Key>${name}</Key><LastModified>${at}</LastModified><Size>4</Size></Contents>`
    return token === null
      ? `<ListBucketResult><IsTruncated>true</IsTruncated>${entry(first, '2026-03-05T01:00:00.000Z')}${entry('lain.txt', '2026-03-05T01:00:00.000Z')}<NextContinuationToken>a&amp;b=</NextContinuationToken></ListBucketResult>`
      : `<ListBucketResult><IsTruncated>false</IsTruncated>${token === 'a&b=' ? entry(second, '2026-03-05T01:30:00.000Z') : ''}${entry(key(), '2026-03-05T03:00:00.000Z')}</ListBucketResult>`
  }

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const at = server.address()
    address = typeof at === 'object' && at !== null ? `http://127.0.0.1:${at.port}` : ''
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))
  beforeEach(() => {
    answers = []
    seen = []
  })
  const open = (secret = secretKey) =>
    createS3Pictures({
      ...{ endpoint: `${address}/`, bucket: 'toko', region: 'ap-southeast-3', accessKey },
      secretKey: secret,
    })

  it('writes, reads and removes under signatures that the store can verify', async () => {
    const [store, at] = [open(), key()]
    await store.write(at, picture)
    expect(kept.get(`/toko/${at}`)).toEqual({ body: Buffer.from(bytes), type: 'image/webp' })
    expect(await store.read(at)).toEqual(bytes)
    await store.remove([at, key()])
    expect(await store.read(at)).toBeUndefined()
  })

  it('lists page by page what is its own and old enough', async () => {
    expect(await listed(open(), new Date('2026-03-05T02:00:00Z'))).toEqual([first, second])
  })

  it('tries again when the store is ill, and tells a refusal without a secret', async () => {
    answers = [503, 500]
    await open().write(key(), picture)
    expect(seen).toHaveLength(3)
    const error = await open('salah')
      .write(key(), picture)
      .catch((refusal: unknown) => refusal)
    expect(error).toMatchObject({ message: 'the picture store answers 403', retryable: false })
    expect(JSON.stringify(error)).not.toContain('AKCONTOH')
  })

  it('says that another time may do where nobody answers', async () => {
    const nobody = createS3Pictures({
      ...{ endpoint: 'http://127.0.0.1:9', bucket: 'toko', region: 'x', accessKey, secretKey },
    })
    await expect(nobody.read(key())).rejects.toMatchObject({ retryable: true })
  })
})

/** Signature version 4, worked out anew from the request as it came. */
function isSigned(request: IncomingMessage, body: Buffer, secret: string): boolean {
  const { authorization = '', 'x-amz-date': date = '' } = request.headers
  const form =
    /^AWS4-HMAC-SHA256 Credential=AKCONTOH\/(\d{8})\/(ap-southeast-3)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/
  const [, day = '', region = '', signed = '', signature] = form.exec(authorization) ?? []
  const url = new URL(request.url ?? '', `http://${request.headers.host}`)
  url.searchParams.sort()
  const hash = request.headers['x-amz-content-sha256']
  const whole = createHash('sha256').update(body).digest('hex')
  if (hash !== 'UNSIGNED-PAYLOAD' && hash !== whole) return false
  const canonical = [
    ...[request.method, url.pathname, url.searchParams.toString().replaceAll('+', '%20')],
    ...signed.split(';').map((name) => `${name}:${request.headers[name]}`),
    ...['', signed, hash],
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const digest = createHash('sha256').update(canonical).digest('hex')
  const hmac = (of: Buffer | string, text: string) => createHmac('sha256', of).update(text).digest()
  const signing = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secret}`)
  const text = ['AWS4-HMAC-SHA256', date, scope, digest].join('\n')
  return hmac(signing, text).toString('hex') === signature
}
