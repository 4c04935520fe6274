import { describe, expect, it } from 'vitest'
import { parseMarketConfig } from '../src/config-market.ts'

const all = {
  LOPO_PICTURES_S3_ENDPOINT: 'https://s3.example',
  LOPO_PICTURES_S3_BUCKET: 'lopo-foto',
  LOPO_PICTURES_S3_ACCESS_KEY: 'kunci',
  LOPO_PICTURES_S3_SECRET_KEY: 'rahasia',
}

describe('parseMarketConfig', () => {
  it('keeps pictures in the data directory where nothing else is said', () => {
    expect(parseMarketConfig({ LOPO_PICTURES_S3_BUCKET: '' })).toEqual({
      config: { bucket: undefined },
      problems: [],
    })
  })

  it('reads a bucket', () => {
    expect(parseMarketConfig(all).config?.bucket).toEqual({
      ...{ endpoint: 'https://s3.example', bucket: 'lopo-foto', region: 'us-east-1' },
      ...{ accessKey: 'kunci', secretKey: 'rahasia' },
    })
  })

  it('says what is missing and what is wrong, and tells no secret', () => {
    const { problems } = parseMarketConfig({ ...all, LOPO_PICTURES_S3_ENDPOINT: '' })
    expect(problems).toEqual([
      'LOPO_PICTURES_S3_ENDPOINT is missing: the other LOPO_PICTURES_S3 settings need it',
    ])
    const wrong = parseMarketConfig({ ...all, LOPO_PICTURES_S3_BUCKET: 'x_y' })
    expect([wrong.config, wrong.problems]).toEqual([
      undefined,
      ['LOPO_PICTURES_S3_BUCKET is not the name of a bucket'],
    ])
    expect(JSON.stringify([problems, wrong])).not.toContain('rahasia')
  })
})
