import { readFileSync } from 'node:fs'
import { createCodeDesk } from '../../src/assistance/code-desk.ts'
import { parseAssistanceTexts } from '../../src/assistance/texts.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import { codeRoutes } from '../../src/web/desk/codes/code-routes.ts'
import { listRoutes } from '../../src/web/desk/lists/list-routes.ts'
import { type ListTexts, parseListTexts } from '../../src/web/desk/lists/list-texts.ts'
import { listSections } from '../../src/web/desk/lists/list-tiles.ts'
import { createDeskWorld, type DeskWorld } from './desk-world.ts'
import type { ListWorld } from './list-world.ts'

/** The pages of lists and claim codes over a real database. */
export interface ListPagesWorld extends DeskWorld {
  readonly words: ListTexts
}

/** Bytes of the largest file that these pages take. */
export const maxListBytes = 2 * 1024 ** 2

/** Makes them over a world of lists. The address of the letter is the web chat's. */
export function createListPages(lists: ListWorld, hourlyLimit?: number): ListPagesWorld {
  const words = parseListTexts(readFileSync('flows/content/meja-daftar.yaml', 'utf8'))
  const { quarantine: reasonWords } = parseAssistanceTexts(readFileSync('flows/content/cek.yaml', 'utf8'))
  const now = () => lists.now
  const codes = createCodeDesk({
    prisma: lists.database.prisma,
    audit: createAuditTrail(),
    secrets: lists.keyring,
    now,
    ...(hourlyLimit === undefined ? {} : { hourlyLimit }),
  })
  const world = createDeskWorld({
    routes: [
      ...listRoutes({ texts: words, lists: lists.desk, reasonWords, now, maxBytes: maxListBytes }),
      ...codeRoutes({
        ...{ texts: words, codes, secrets: lists.keyring, now },
        address: () => 'https://lopo.example/chat',
      }),
    ],
    sections: listSections(words),
    now,
  })
  return { ...world, words }
}
