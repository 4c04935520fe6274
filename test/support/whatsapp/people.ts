import { type BotAccount, createBotAccount } from './bot-account.ts'
import { createPerson, type Person } from './person.ts'
import { createPhone, type Identity } from './phone.ts'
import type { Account, World } from './world.ts'

/** Everybody who has a phone. */
export interface People {
  /** A number that bots are linked to; the same object each time. */
  account(identity: Identity): BotAccount
  /** A simulated person; the same object each time. */
  person(identity: Identity & { readonly registered?: boolean }): Person
}

/** Starts with nobody. */
export function createPeople(world: World): People {
  const accounts = new Map<string, BotAccount>()
  const persons = new Map<string, Person>()

  function addPhone(identity: Identity, registered?: boolean) {
    const phone = createPhone(identity, world.media, registered)
    for (const jid of [phone.pn, phone.lid]) world.phones.set(jid, phone)
    return phone
  }

  function addAccount(identity: Identity): BotAccount {
    const phone = addPhone(identity)
    const account: Account = {
      phone,
      companion: undefined,
      lastDevice: 6,
      session: undefined,
      outstanding: new Map(),
      firstSyncDue: false,
      restriction: { timelock: { is_active: false }, capping: {} },
      logins: 0,
      presence: [],
    }
    for (const jid of [phone.pn, phone.lid]) world.accounts.set(jid, account)
    return createBotAccount(world, account)
  }

  return {
    account(identity) {
      const account = accounts.get(identity.phone) ?? addAccount(identity)
      accounts.set(identity.phone, account)
      return account
    },
    person(identity) {
      const { phone, registered } = identity
      const person = persons.get(phone) ?? createPerson(world, addPhone(identity, registered))
      persons.set(phone, person)
      return person
    },
  }
}
