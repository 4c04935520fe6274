import { parse } from 'yaml'
import { z } from 'zod'
import { type Assets, readAssets } from './assets.ts'
import { createChatPage } from './chat/chat-page.ts'
import { createLayout, type Layout } from './layout.ts'
import { type PageTexts, pageTextsShape } from './page-texts.ts'

/** What the pages share: their words, their frame and their files. */
export interface Pages {
  readonly texts: PageTexts
  readonly layout: Layout
  readonly assets: Assets
  readonly chatPage: ReturnType<typeof createChatPage>
}

/** Makes them of the words in `laman.yaml`; throws with every wrong place in it. */
export function createPages(deps: { readonly words: string; readonly demo: boolean }): Pages {
  const read = pageTextsShape.safeParse(parse(deps.words))
  if (!read.success) throw new Error(`flows/content/laman.yaml:\n${z.prettifyError(read.error)}`)
  const texts = read.data
  const assets = readAssets()
  const layout = createLayout({ texts: texts.site, assets, demo: deps.demo })
  return { texts, layout, assets, chatPage: createChatPage({ layout, texts: texts.chat, assets }) }
}
