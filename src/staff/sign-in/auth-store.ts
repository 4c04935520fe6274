import { prismaAdapter } from 'better-auth/adapters/prisma'
import { betterAuth } from 'better-auth/minimal'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Database } from '../../storage/database.ts'
import { newBackupCodes } from './backup-code.ts'
import { deviceOf } from './device.ts'
import { longestPassword, shortestPassword } from './password-rules.ts'
import { sessionHours } from './session-limits.ts'

/** What the sign-in library is built from. */
export interface AuthDeps {
  readonly prisma: Database
  /** Signs cookies and encrypts second factors. */
  readonly secret: string
  readonly publicUrl: string | undefined
  readonly now: () => Date
}

/** The sign-in library on our tables. Only its calls are used: none of its own routes is ever served. */
export type Auth = ReturnType<typeof createAuth>

/** Sets the library up. It makes no table and no account, opens no connection of its own, and sends nothing anywhere. */
export function createAuth({ prisma, secret, publicUrl, now }: AuthDeps) {
  return betterAuth({
    appName: 'Lopo',
    baseURL: publicUrl ?? 'http://localhost',
    secret,
    database: prismaAdapter(prisma, { provider: 'postgresql', transaction: true }),
    telemetry: { enabled: false },
    // It writes to the console. What fails is thrown as well, and logged by whoever asked.
    logger: { disabled: true },
    // Ours counts per login and per address, in the database.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
    },
    user: { modelName: 'staffAccount' },
    account: { modelName: 'staffCredential' },
    verification: { modelName: 'staffChallenge' },
    session: {
      modelName: 'staffSession',
      expiresIn: sessionHours.longest * 3600,
      disableSessionRefresh: true,
      additionalFields: { seenAt: { type: 'date', required: false, input: false } },
    },
    databaseHooks: {
      session: {
        create: {
          async before({ userId, userAgent }) {
            const where = { id: userId, disabledAt: null }
            if ((await prisma.staffAccount.count({ where })) === 0) return false
            return { data: { userAgent: deviceOf(userAgent ?? ''), ipAddress: undefined, seenAt: now() } }
          },
        },
      },
    },
    plugins: [
      twoFactor({
        schema: { twoFactor: { modelName: 'staffFactor' } },
        backupCodeOptions: { storeBackupCodes: 'encrypted', customBackupCodesGenerate: newBackupCodes },
      }),
    ],
    advanced: {
      ...cookies(publicUrl?.startsWith('https:') === true),
      // The model of the tables is held against them by our own test of the migrations.
      database: { generateId: 'uuid', validateSchema: false },
      ipAddress: { disableIpTracking: true },
    },
  })
}

/** A browser takes a cookie whose name begins with `__Host-` from this very host over https only. */
function cookies(secure: boolean) {
  return {
    cookiePrefix: secure ? '__Host-lopo' : 'lopo',
    // Its own switch would put `__Secure-` before the name.
    useSecureCookies: false,
    // Lax: a link to a ticket that was sent to an officer must open.
    defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
  } as const
}
