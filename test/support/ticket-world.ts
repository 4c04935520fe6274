import { readFileSync } from 'node:fs'
import { parseOffices } from '../../src/inquiry/offices.ts'
import type { StaffAccount } from '../../src/staff/staff-accounts.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import type { DeskDeps } from '../../src/web/desk/desk-app.ts'
import { parseCannedAnswers } from '../../src/web/desk/tickets/canned-answers.ts'
import { ticketRoutes } from '../../src/web/desk/tickets/routes.ts'
import { parseTicketTexts, type TicketTexts } from '../../src/web/desk/tickets/ticket-texts.ts'
import { ticketSection } from '../../src/web/desk/tickets/ticket-tiles.ts'
import { sampleOffices } from '../inquiry/sample-offices.ts'
import { createDeskWorld, type DeskWorld } from './desk-world.ts'
import { createFakeStaffAccounts } from './fake-staff-accounts.ts'
import { createMemoryTicketDesk, deskNow, type MemoryTicketDesk } from './memory-ticket-desk.ts'

/** The desk with its ticket pages over a fake of what is behind them. */
export interface TicketWorld extends DeskWorld {
  readonly desk: MemoryTicketDesk
  readonly words: TicketTexts
  /** Adds a colleague. */
  colleague(account: Partial<StaffAccount> & { readonly id: string; readonly name: string }): StaffAccount
}

/** The words of the ticket pages, as they are in the project. */
export function readTicketWords() {
  return {
    texts: parseTicketTexts(readFileSync('flows/content/meja-tiket.yaml', 'utf8')),
    answers: parseCannedAnswers(readFileSync('flows/content/jawaban.yaml', 'utf8')),
  }
}

/** Makes one. */
export function createTicketWorld(given: Partial<DeskDeps> = {}): TicketWorld {
  const desk = createMemoryTicketDesk()
  const accounts = createFakeStaffAccounts()
  const { texts, answers } = readTicketWords()
  const names = new Map([['53.71.01.1001', 'Alak']])
  const routes = ticketRoutes({
    desk,
    accounts,
    offices: parseOffices(sampleOffices),
    kelurahanName: (code) => names.get(code),
    changes: desk,
    secrets: createKeyring([newKeyEntry()]),
    texts,
    answers,
    now: () => deskNow,
  })
  const world = createDeskWorld({
    accounts,
    routes,
    sections: [ticketSection(texts)],
    now: () => deskNow,
    ...given,
  })
  return {
    ...world,
    desk,
    words: texts,
    colleague(part) {
      const account: StaffAccount = {
        login: part.id,
        roles: ['penjawab'],
        state: 'active',
        createdAt: deskNow,
        lastSeenAt: undefined,
        ...part,
      }
      accounts.all.set(account.login, account)
      return account
    },
  }
}
