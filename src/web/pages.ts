import { type Assets, readAssets } from './assets.ts'
import { createChatPage } from './chat/chat-page.ts'
import { createLayout, type Layout } from './layout.ts'
import { type PageTexts, pageTextsShape } from './page-texts.ts'
import { readWords } from './read-words.ts'

/** What the pages share: their words, their frame and their files. */
export interface Pages {
  readonly texts: PageTexts
  readonly layout: Layout
  readonly assets: Assets
  readonly chatPage: ReturnType<typeof createChatPage>
}

/** Makes them of the words in `laman.yaml`; throws with every wrong place in it. */
export function createPages(deps: { readonly words: string; readonly demo: boolean }): Pages {
  const texts = readWords(pageTextsShape, 'laman.yaml', deps.words)
  const assets = readAssets()
  const layout = createLayout({ texts: texts.site, assets, demo: deps.demo })
  return { texts, layout, assets, chatPage: createChatPage({ layout, texts: texts.chat, assets }) }
}
