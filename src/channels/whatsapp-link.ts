import { randomBytes } from 'node:crypto'
import type { Auth } from './whatsapp-auth.ts'
import type { Socket } from './whatsapp-socket.ts'

/** How a phone is asked to link the account: by a picture to scan, or by a code to type into the phone with this number. */
export type Linking =
  | { readonly by: 'qr'; readonly show: (qr: string) => void }
  | { readonly by: 'code'; readonly phone: string; readonly show: (code: string) => void }

/** Leads one connection through the linking: call it with each QR text that WhatsApp gives. */
export interface LinkGuide {
  onQr(qr: string, socket: Socket, auth: Auth): void
}

/** Makes it. `onError` is told when WhatsApp gives no code. */
export function createLinkGuide(linking: Linking, onError: (error: unknown) => void): LinkGuide {
  let known: Socket | undefined
  let last = ''

  function show(auth: Auth): void {
    if (linking.by === 'qr') linking.show(withSecret(last, auth.creds.advSecretKey))
  }

  return {
    onQr(qr, socket, auth) {
      last = qr
      show(auth)
      if (known === socket) return
      known = socket
      // WhatsApp may ask for another secret while the picture is shown, which the library passes over (its issue 2737).
      socket.wa.ws.on('CB:notification,type:companion_reg_refresh', () => {
        socket.wa.ev.emit('creds.update', { advSecretKey: randomBytes(32).toString('base64') })
        show(auth)
      })
      if (linking.by === 'code') {
        socket.wa.requestPairingCode(linking.phone).then(linking.show).catch(onError)
      }
    },
  }
}

/** The QR text with the secret that holds now: it is the fourth field. */
function withSecret(qr: string, secret: string): string {
  const hash = qr.lastIndexOf('#') + 1
  const fields = qr.slice(hash).split(',')
  return qr.slice(0, hash) + fields.with(3, secret).join(',')
}
