import type { proto } from '@whiskeysockets/baileys'
import { deliverOutstanding } from './deliveries.ts'
import { offerQr } from './pairing.ts'
import { secondsOf, stanza } from './stanza.ts'
import { type Account, type ClientSession, findAccount, transmit, type World } from './world.ts'

const notLinked = 401

/** Takes a client in after its handshake: offers a new one the QR, logs a linked one in, or refuses it. */
export async function logIn(
  world: World,
  session: ClientSession,
  payload: proto.ClientPayload,
  clientStatic: Buffer,
): Promise<void> {
  session.clientStatic = clientStatic
  if (world.isSilent) return
  const failure = world.loginFailure
  if (failure !== undefined) return refuse(world, session, failure)
  if (payload.devicePairingData) return offerQr(world, session)
  const account = findAccount(world, `${String(payload.username)}@s.whatsapp.net`)
  const companion = account?.companion
  if (account === undefined || companion === undefined) return refuse(world, session, notLinked)
  if (companion.device !== payload.device || !companion.noiseKey.equals(clientStatic))
    return refuse(world, session, notLinked)
  await replaceOlder(world, account)
  session.account = account
  account.session = session
  account.logins += 1
  welcome(world, session, account)
}

function welcome(world: World, session: ClientSession, account: Account): void {
  const attrs = {
    t: secondsOf(world.now()),
    lid: account.companion?.lid,
    display_name: account.phone.identity.name,
    creation: '1700000000',
    location: 'lla',
    props: '1',
  }
  transmit(world, session, stanza('success', attrs))
  deliverOutstanding(world, account)
}

function refuse(world: World, session: ClientSession, reason: number): void {
  transmit(world, session, stanza('failure', { reason: String(reason), location: 'lla' }))
  session.connection.close()
}

/** Ends an older connection of the account, once what it said last was heard. */
async function replaceOlder(world: World, account: Account): Promise<void> {
  const older = account.session
  if (older !== undefined) {
    transmit(world, older, stanza('stream:error', {}, [stanza('conflict', { type: 'replaced' })]))
    older.connection.close()
  }
  await Promise.all(
    [...world.sessions]
      .filter((session) => session.account === account)
      .map((session) => session.connection.drained()),
  )
}
