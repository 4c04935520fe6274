import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A certificate for https on 127.0.0.1, and its key, both PEM. */
export interface TlsCertificate {
  readonly certificate: string
  readonly key: string
}

const tags = {
  boolean: 1,
  integer: 2,
  bits: 3,
  octets: 4,
  oid: 6,
  utf8: 12,
  utcTime: 23,
  sequence: 48,
  set: 49,
}

/** One element of ASN.1 in its DER form. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const size = body.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

const sequence = (...parts: readonly Uint8Array[]) => der(tags.sequence, ...parts)
const oid = (hex: string) => der(tags.oid, Buffer.from(hex, 'hex'))
const utcTime = (at: Date) =>
  der(tags.utcTime, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))

const ids = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  basicConstraints: '551d13',
  subjectAltName: '551d11',
}

/** Signs a certificate for 127.0.0.1 with a key of its own; valid for two days. Needs no other program. */
export function createTlsCertificate(now = Date.now()): TlsCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const algorithm = sequence(oid(ids.ecdsaWithSha256))
  const name = sequence(
    der(tags.set, sequence(oid(ids.commonName), der(tags.utf8, Buffer.from('127.0.0.1')))),
  )
  const day = 86_400_000
  const constraints = sequence(der(tags.boolean, Buffer.from([255])))
  const addresses = sequence(der(0x87, Buffer.from([127, 0, 0, 1])))
  const extensions = sequence(
    sequence(oid(ids.basicConstraints), der(tags.boolean, Buffer.from([255])), der(tags.octets, constraints)),
    sequence(oid(ids.subjectAltName), der(tags.octets, addresses)),
  )
  const body = sequence(
    der(0xa0, der(tags.integer, Buffer.from([2]))),
    der(tags.integer, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    sequence(utcTime(new Date(now - day)), utcTime(new Date(now + day))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const signature = der(tags.bits, Buffer.from([0]), sign('sha256', body, privateKey))
  return {
    certificate: pem('CERTIFICATE', sequence(body, algorithm, signature)),
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  }
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
