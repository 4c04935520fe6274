import type { Transaction } from '../../storage/database.ts'
import type { TakenPhoto } from '../pictures/pictures.ts'

/** The photos of products, in their order. Pictures that no product has any more go with the purge. */
export interface PhotoStore {
  photosOf(client: Transaction, productId: number): Promise<readonly TakenPhoto[]>
  /** Gives the product just these. */
  setPhotos(
    transaction: Transaction,
    productId: number,
    photos: readonly TakenPhoto[],
    at: Date,
  ): Promise<void>
}

/** Makes the store. */
export function createPhotoStore(): PhotoStore {
  return {
    photosOf: (client, productId) =>
      client.productPhoto.findMany({
        where: { productId: BigInt(productId) },
        select: { id: true, width: true, height: true },
        orderBy: { position: 'asc' },
      }),
    async setPhotos(transaction, productId, photos, at) {
      const of = { productId: BigInt(productId) }
      await transaction.productPhoto.deleteMany({ where: of })
      await transaction.productPhoto.createMany({
        data: photos.map(({ id, width, height }, position) => ({
          ...{ ...of, id, width, height, position, createdAt: at },
        })),
      })
    },
  }
}
