import { readFileSync } from 'node:fs'
import { parseBroadcastWords } from '../../../../src/broadcast/broadcast-words.ts'
import type { Media } from '../../../../src/channels/channel.ts'
import { createLanguage } from '../../../../src/language/language.ts'
import type { StaffRole } from '../../../../src/staff/officer.ts'
import { readFlowTexts } from '../../../../src/storage/flow-files.ts'
import type { BroadcastFile, BroadcastPagesDeps } from '../../../../src/web/desk/broadcasts/broadcast-deps.ts'
import { broadcastRoutes } from '../../../../src/web/desk/broadcasts/broadcast-routes.ts'
import { parseBroadcastTexts } from '../../../../src/web/desk/broadcasts/broadcast-texts.ts'
import { broadcastSection, broadcastTiles } from '../../../../src/web/desk/broadcasts/broadcast-tiles.ts'
import { createDeskWorld, type DeskWorld } from '../../../support/desk-world.ts'
import {
  broadcastNow,
  createFakeBroadcastDesk,
  type FakeBroadcastDesk,
} from '../../../support/fake-broadcast-desk.ts'

const content = (name: string) => readFileSync(`flows/content/${name}.yaml`, 'utf8')
const texts = parseBroadcastTexts(content('meja-siaran'))
const words = parseBroadcastWords(content('siaran'))
const { places } = createLanguage((await readFlowTexts()).language)

/** The pages of broadcasts over a desk in memory. */
export interface BroadcastPagesWorld extends DeskWorld {
  readonly deps: BroadcastPagesDeps
  readonly desk: FakeBroadcastDesk
  /** Files that were kept, by id. */
  readonly files: Map<string, BroadcastFile & { readonly media: Media }>
  /** Whether no more files are taken today. */
  full: boolean
  /** A page as these roles see it; without any: whoever writes broadcasts. */
  open(path: string, ...roles: readonly StaffRole[]): Promise<Response>
  /** Presses a button of theirs. */
  press(
    path: string,
    fields?: Readonly<Record<string, string>>,
    ...roles: readonly StaffRole[]
  ): Promise<Response>
}

/** Makes them. */
export function createBroadcastPages(now: () => Date = () => broadcastNow): BroadcastPagesWorld {
  const desk = createFakeBroadcastDesk(now)
  const files: BroadcastPagesWorld['files'] = new Map()
  const deps: BroadcastPagesDeps = {
    ...{ texts, desk, places, now },
    words: () => words,
    topics: () =>
      new Map([
        ['training/menjahit', 'Menjahit'],
        ['training/barista', 'Barista'],
        ['training/las', 'Las'],
        ['assistance', 'Jadwal bantuan sosial'],
        ['umkm', 'Kabar UMKM'],
      ]),
    courses: async () => [
      { number: 12, title: 'Menjahit dasar' },
      { number: 11, title: 'Las dasar' },
    ],
    registrationStates: () => ({ registered: 'terdaftar', reserve: 'daftar tunggu', accepted: 'diterima' }),
    postChannels: ['telegram'],
    settings: { approvalAbove: 200, canary: 10, canaryMinutes: 15 },
    paces: async () => [
      { channel: 'telegram', perSecond: 30, perDay: undefined, usedToday: 0 },
      { channel: 'whatsapp', perSecond: 0.05, perDay: 60, usedToday: 0 },
    ],
    async saveMedia(file) {
      if (world.full) return 'too_much'
      const id = `00000000-0000-4000-8000-${String(files.size + 1).padStart(12, '0')}`
      const type = file.mime.startsWith('image/') ? 'photo' : 'document'
      const media: Media = { id, type, mime: file.mime, name: file.name }
      files.set(id, { ...file, media })
      return media
    },
    readMedia: async (id) => files.get(id),
    testLinks: (code) => [{ label: 'Telegram', url: `https://t.me/lopo_contoh_bot?start=uji-${code}` }],
  }
  const base = createDeskWorld({
    routes: broadcastRoutes(deps),
    sections: [broadcastSection(texts)],
    tiles: (officer) => broadcastTiles(deps, officer),
    now,
  })
  const cookieOf = (roles: readonly StaffRole[]) =>
    base.signedIn(...(roles.length === 0 ? (['pelatihan'] as const) : roles)).cookie
  const world: BroadcastPagesWorld = {
    ...base,
    ...{ deps, desk, files, full: false },
    open: (path, ...roles) => base.get(`/desk${path}`, cookieOf(roles)),
    press: (path, fields = {}, ...roles) => base.post(`/desk${path}`, fields, cookieOf(roles)),
  }
  return world
}
