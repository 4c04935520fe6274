const shown = 3

/** The last digits of a chat's id behind dots, so that two can be told apart and nobody is known by it. */
export function masked(externalId: string): string {
  const [id = ''] = externalId.split(/[@:]/)
  const digits = id.replace(/\D/g, '')
  // Of a short id that would be too much of it.
  return digits.length > 2 * shown ? `••••${digits.slice(-shown)}` : '••••'
}
