import { readFileSync } from 'node:fs'
import { createLanguage, type Language } from '../../../../src/language/language.ts'
import { readFlowTexts } from '../../../../src/storage/flow-files.ts'
import { type BrowseWords, parseBrowseWords } from '../../../../src/training/browse/browse-words.ts'
import type { CourseDesk } from '../../../../src/training/training-desk.ts'
import type { Offices } from '../../../../src/training/training-offices.ts'
import { parseTrainingWords, type TrainingWords } from '../../../../src/training/training-words.ts'
import type { TrainingPagesDeps } from '../../../../src/web/desk/trainings/training-deps.ts'
import { trainingRoutes } from '../../../../src/web/desk/trainings/training-routes.ts'
import { parseTrainingTexts, type TrainingTexts } from '../../../../src/web/desk/trainings/training-texts.ts'
import { trainingSection, trainingTiles } from '../../../../src/web/desk/trainings/training-tiles.ts'
import { createDeskWorld, type DeskWorld } from '../../../support/desk-world.ts'

/** What the pages of courses are told with, as the project's files have it. */
export interface TrainingGround {
  readonly texts: TrainingTexts
  readonly words: TrainingWords
  readonly browse: BrowseWords
  readonly offices: Offices
  readonly language: Language
}

/** The pages of courses over a desk of courses. */
export interface TrainingPagesWorld extends DeskWorld {
  readonly deps: TrainingPagesDeps
  /** A page as whoever may make courses sees it. */
  open(path: string): Promise<Response>
  /** Presses a button of theirs. */
  press(path: string, fields?: Readonly<Record<string, string>>): Promise<Response>
}

/** Reads them. */
export async function readTrainingGround(): Promise<TrainingGround> {
  const content = (name: string) => readFileSync(`flows/content/${name}.yaml`, 'utf8')
  return {
    texts: parseTrainingTexts(content('meja-pelatihan')),
    words: parseTrainingWords(content('pelatihan')),
    browse: parseBrowseWords(content('pelatihan-tanya')),
    offices: new Map([
      ['nakertrans', { title: 'Dinas Tenaga Kerja' }],
      ['umkm', { title: 'Dinas Koperasi dan UKM' }],
    ]),
    language: createLanguage((await readFlowTexts()).language),
  }
}

/** Makes the pages. */
export function createTrainingPages(
  { texts, words, browse, offices, language }: TrainingGround,
  desk: CourseDesk,
  now: () => Date,
): TrainingPagesWorld {
  const deps: TrainingPagesDeps = {
    ...{ texts, desk, now },
    words: () => words,
    offices: () => offices,
    places: language.places,
    residentWords: () => browse,
    botAddress: () => ['WhatsApp 0812-0000-0000', 't.me/lopo_contoh_bot'],
  }
  const world = createDeskWorld({
    routes: trainingRoutes(deps),
    sections: [trainingSection(texts)],
    tiles: (officer) => trainingTiles(deps, officer),
    now,
  })
  const { cookie } = world.signedIn('pelatihan')
  return {
    ...world,
    deps,
    open: (path) => world.get(`/desk${path}`, cookie),
    press: (path, fields = {}) => world.post(`/desk${path}`, fields, cookie),
  }
}
