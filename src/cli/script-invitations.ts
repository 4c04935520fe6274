import { z } from 'zod'
import type { App } from '../app.ts'
import { hashesOfCode } from '../marketplace/invitation/invitation-deps.ts'
import { createInvitationStore } from '../marketplace/invitation/store-invitations.ts'

/** A shop of an imported list with an invitation of a code that scripts know. */
export const invitationFixture = z.strictObject({
  usaha: z.string(),
  kelurahan: z.string(),
  kode: z.string().regex(/^\d{12}$/),
  sampai: z.iso.datetime({ offset: true }),
})

/** Makes the shop, which nobody owns, and its invitation. */
export async function loadInvitation(
  app: App,
  { usaha, kelurahan, kode, sampai }: z.infer<typeof invitationFixture>,
): Promise<void> {
  const { storage, language, now } = app
  const place = language.places.byName(kelurahan)
  const [codeHash] = hashesOfCode(storage.keyring, kode)
  if (place === undefined || codeHash === undefined) throw new Error(`no kelurahan is called ${kelurahan}`)
  await storage.database.prisma.$transaction(async (transaction) => {
    const shop = await transaction.shop.create({
      data: {
        ...{ name: usaha, kelurahan: place.code, createdAt: now(), handover: [], payments: [] },
        ...{ source: 'naskah', sourceKey: `id:${kode}` },
      },
      select: { id: true },
    })
    const invitation = { shopId: Number(shop.id), codeHash, by: 'script', at: now(), until: new Date(sampai) }
    await createInvitationStore().add(transaction, invitation)
  })
}
