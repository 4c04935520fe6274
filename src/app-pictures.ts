import path from 'node:path'
import type { Config } from './config.ts'
import { createPictures } from './marketplace/pictures/create-pictures.ts'
import type { PromotionTexts } from './marketplace/pictures/draw-promotion.ts'
import type { PictureFiles } from './marketplace/pictures/picture-files.ts'
import type { Pictures } from './marketplace/pictures/pictures.ts'
import { createPictureRows } from './marketplace/pictures/store-pictures.ts'
import type { Storage } from './storage/open-storage.ts'
import { createDiskPictures } from './storage/picture-store-disk.ts'
import { createS3Pictures } from './storage/picture-store-s3.ts'
import { writableParts } from './web/certificates/writable.ts'
import { markPaths } from './web/mark.ts'

/** Pictures of products, and where their bytes are. */
export interface HousePictures {
  readonly pictures: Pictures
  readonly files: PictureFiles
}

/** Keeps pictures in the data directory, or in a bucket where one is configured. */
export function createHousePictures(ground: {
  readonly config: Config
  readonly storage: Storage
  readonly texts: () => PromotionTexts
  readonly now: () => Date
}): HousePictures {
  const { config, storage, texts, now } = ground
  const { bucket } = config.market
  const files =
    bucket === undefined
      ? createDiskPictures(path.join(config.dataDir, 'pictures'))
      : createS3Pictures(bucket)
  const rows = createPictureRows(storage.database.beside)
  return {
    files,
    pictures: createPictures({ files, rows, texts, mark: markPaths, legible: writableParts, now }),
  }
}
