import type { App } from '../app.ts'
import { contentOf } from '../app-words.ts'
import type { Address } from '../channels/channel.ts'
import { broadcastRoutes } from '../web/desk/broadcasts/broadcast-routes.ts'
import { parseBroadcastTexts } from '../web/desk/broadcasts/broadcast-texts.ts'
import { broadcastSection, broadcastTiles } from '../web/desk/broadcasts/broadcast-tiles.ts'
import { chatLinks } from './chat-links.ts'
import type { Area } from './desk-area.ts'

/** Whose the files of broadcasts are: nobody's chat. */
const filesOfBroadcasts: Address = { channel: 'terminal', account: 'desk', id: 'broadcasts' }

/** Broadcasts at the desk. */
export function broadcastArea(app: App): Area {
  const { broadcasts: desk, config, language, media, now, storage, paces } = app
  const { places: publicPlaces, ...settings } = config.broadcast
  const { prisma } = storage.database
  const pages = {
    ...{ desk, settings, paces, now },
    texts: parseBroadcastTexts(contentOf(app.texts, 'meja-siaran')),
    words: app.broadcastWords,
    topics: app.newsTopics,
    places: language.places,
    courses: () => app.trainingNews.titles(prisma),
    registrationStates: () => app.trainingTexts().words.states,
    postChannels: (['telegram', 'whatsapp'] as const).filter((name) => publicPlaces[name] !== undefined),
    testLinks: (code: string) => chatLinks(app.addresses, `uji ${code}`),
    async saveMedia(file: Parameters<typeof media.save>[0]) {
      const saved = await media.save(file, filesOfBroadcasts)
      if (saved !== 'too_much') await media.keep(prisma, saved.id, now())
      return saved
    },
    async readMedia(id: string) {
      const file = await media.read(id)
      if (file === undefined || !file.isOf(filesOfBroadcasts)) return undefined
      const { mime, bytes, name } = file
      const type = mime.startsWith('image/') ? ('photo' as const) : ('document' as const)
      return { mime, bytes, ...(name !== undefined && { name }), media: { id, type, mime, name } }
    },
  }
  return {
    routes: broadcastRoutes(pages),
    sections: [broadcastSection(pages.texts)],
    tiles: (officer) => broadcastTiles(pages, officer),
  }
}
