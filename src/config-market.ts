import { z } from 'zod'
import { blankIsAbsent, linesOf } from './config-parts.ts'

/** A bucket of a store that speaks S3. */
interface BucketConfig {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKey: string
  readonly secretKey: string
}

/** What the environment decides of the marketplace. */
export interface MarketConfig {
  /** Where pictures are kept; undefined: in the data directory. */
  readonly bucket: BucketConfig | undefined
}

const text = z.preprocess(blankIsAbsent, z.string().trim().min(1).optional())

const settings = z.object({
  LOPO_PICTURES_S3_ENDPOINT: z.preprocess(
    blankIsAbsent,
    z.url({ protocol: /^https?$/, error: 'is not an http:// or https:// address' }).optional(),
  ),
  LOPO_PICTURES_S3_BUCKET: z.preprocess(
    blankIsAbsent,
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is not the name of a bucket')
      .optional(),
  ),
  LOPO_PICTURES_S3_REGION: text,
  LOPO_PICTURES_S3_ACCESS_KEY: text,
  LOPO_PICTURES_S3_SECRET_KEY: text,
})

/** Reads the settings of the marketplace. `problems` has a line for each that is wrong; `config` is undefined then. */
export function parseMarketConfig(environment: NodeJS.ProcessEnv): {
  readonly config: MarketConfig | undefined
  readonly problems: readonly string[]
} {
  const read = settings.safeParse(environment)
  if (!read.success) return { config: undefined, problems: linesOf(read.error) }
  const {
    LOPO_PICTURES_S3_ENDPOINT: endpoint,
    LOPO_PICTURES_S3_BUCKET: bucket,
    LOPO_PICTURES_S3_REGION: region,
    LOPO_PICTURES_S3_ACCESS_KEY: accessKey,
    LOPO_PICTURES_S3_SECRET_KEY: secretKey,
  } = read.data
  if ([endpoint, bucket, region, accessKey, secretKey].every((setting) => setting === undefined)) {
    return { config: { bucket: undefined }, problems: [] }
  }
  if (endpoint === undefined || bucket === undefined || accessKey === undefined || secretKey === undefined) {
    const needed = { ENDPOINT: endpoint, BUCKET: bucket, ACCESS_KEY: accessKey, SECRET_KEY: secretKey }
    const problems = Object.entries(needed).flatMap(([name, setting]) =>
      setting === undefined
        ? [`LOPO_PICTURES_S3_${name} is missing: the other LOPO_PICTURES_S3 settings need it`]
        : [],
    )
    return { config: undefined, problems }
  }
  return {
    config: { bucket: { endpoint, bucket, region: region ?? 'us-east-1', accessKey, secretKey } },
    problems: [],
  }
}
