import type { App } from '../app.ts'
import { chatLinks } from '../app-chat-links.ts'
import { contentOf } from '../app-words.ts'
import { broadcastRoutes } from '../web/desk/broadcasts/broadcast-routes.ts'
import { type BroadcastTexts, parseBroadcastTexts } from '../web/desk/broadcasts/broadcast-texts.ts'
import { broadcastSection, broadcastTiles } from '../web/desk/broadcasts/broadcast-tiles.ts'
import { cleanBroadcastPicture, createBroadcastFiles } from './broadcast-files.ts'
import type { Area } from './desk-area.ts'

/** Broadcasts at the desk. */
export function broadcastArea(app: App): Area {
  const { broadcasts: desk, config, language, now, storage, paces } = app
  const { places: publicPlaces, ...settings } = config.broadcast
  const { prisma } = storage.database
  const files = createBroadcastFiles({ ...app, cleanPicture: cleanBroadcastPicture })
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
    saveMedia: files.save,
    readMedia: files.read,
  }
  return {
    routes: broadcastRoutes(pages),
    sections: [broadcastSection(pages.texts)],
    tiles: (officer) => broadcastTiles(pages, officer),
  }
}

/** What a message costs on each channel, for those who work without the desk. */
export function costsOfBroadcasts({ texts }: Pick<App, 'texts'>): BroadcastTexts['costs'] {
  return parseBroadcastTexts(contentOf(texts, 'meja-siaran')).costs
}
