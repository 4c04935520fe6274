const levels = ['info', 'warn', 'error'] as const
const noise = /^(Closing|Opening|Removing|Session already|Session error|Decrypted message|Failed to decrypt)/

/**
 * Drops what libsignal prints by itself in this process, session keys among it; answers how to undo it. The simulated phones
 * use the same library as the client, so a test process needs it whatever the client does.
 */
export function silenceLibsignal(): () => void {
  const { console } = globalThis
  const undo = levels.map((level) => {
    const before = console[level]
    const quiet = (...parts: unknown[]) => {
      if (!noise.test(String(parts[0]))) before(...parts)
    }
    console[level] = quiet
    return () => {
      if (console[level] === quiet) console[level] = before
    }
  })
  return () => {
    for (const lift of undo) lift()
  }
}
