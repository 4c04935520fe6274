// For `node --import`: a spawned app trusts the Noise root of a loopback WhatsApp server.
import { trustNoiseRoot } from './certificates.ts'

const root = process.env.LOPO_TEST_NOISE_ROOT
if (root !== undefined && root !== '') trustNoiseRoot(Buffer.from(root, 'hex'))
