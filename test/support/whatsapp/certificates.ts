import { Curve, type KeyPair, proto, WA_CERT_DETAILS } from '@whiskeysockets/baileys'

/** The certificates by which the server proves itself in the Noise handshake. */
export interface NoiseCertificates {
  /** The public key that a client must trust. */
  readonly root: Buffer
  readonly leaf: KeyPair
  /** The encoded chain from the leaf to the root. */
  readonly chain: Uint8Array
}

const endOfCentury = 4_102_444_800

/** Makes a root, an intermediate and a leaf that nobody else has. */
export function createNoiseCertificates(): NoiseCertificates {
  const [root, intermediate, leaf] = [
    Curve.generateKeyPair(),
    Curve.generateKeyPair(),
    Curve.generateKeyPair(),
  ]
  const details = (serial: number, issuerSerial: number, key: Uint8Array) =>
    proto.CertChain.NoiseCertificate.Details.encode({
      serial,
      issuerSerial,
      key,
      notBefore: 1,
      notAfter: endOfCentury,
    }).finish()
  const above = details(1, WA_CERT_DETAILS.SERIAL, intermediate.public)
  const below = details(2, 1, leaf.public)
  const chain = proto.CertChain.encode({
    intermediate: { details: above, signature: Curve.sign(root.private, above) },
    leaf: { details: below, signature: Curve.sign(intermediate.private, below) },
  }).finish()
  return { root: Buffer.from(root.public), leaf, chain }
}

/** Makes Baileys in this process trust a Noise root; answers how to undo it. */
export function trustNoiseRoot(root: Uint8Array): () => void {
  const before = WA_CERT_DETAILS.PUBLIC_KEY
  WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(root)
  return () => {
    WA_CERT_DETAILS.PUBLIC_KEY = before
  }
}
