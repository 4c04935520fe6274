import { type MarketTexts, readMarketTexts } from './app-market.ts'
import { readTicketWords, type TicketWords } from './app-tickets.ts'
import { readTrainingTexts, type TrainingTexts } from './app-trainings.ts'
import { type BroadcastWords, parseBroadcastWords } from './broadcast/broadcast-words.ts'
import { type NewsWords, parseNewsWords } from './resident/news-words.ts'
import type { FlowTexts } from './storage/flow-files.ts'

/** What is told with words of `flows/content`: they change when the flows are read again. */
export interface HouseWords {
  readonly tickets: TicketWords
  readonly trainings: TrainingTexts
  readonly broadcasts: BroadcastWords
  readonly news: NewsWords
  readonly market: MarketTexts
}

/** Reads them; throws with every problem of the first file that is broken. */
export function readHouseWords(texts: FlowTexts): HouseWords {
  const content = (name: string) => contentOf(texts, name)
  return {
    tickets: readTicketWords(texts, content),
    trainings: readTrainingTexts(content),
    broadcasts: parseBroadcastWords(content('siaran')),
    news: parseNewsWords(content('kabar')),
    market: readMarketTexts(content),
  }
}

/** The text of a file of words in `flows/content`; throws when it is missing. */
export function contentOf({ content }: FlowTexts, name: string): string {
  const path = `flows/content/${name}.yaml`
  const file = content.find((candidate) => candidate.path === path)
  if (file === undefined) throw new Error(`${path} is missing`)
  return file.text
}
