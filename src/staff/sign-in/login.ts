const shape = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/
const longest = 32
const domain = '@staff.invalid'

/** The name to sign in with, as it is kept; undefined when this is none: 2 to 32 of a-z, 0-9, dots and hyphens between. */
export function parseLogin(text: string): string | undefined {
  const login = text.trim().toLowerCase()
  return login.length >= 2 && login.length <= longest && shape.test(login) ? login : undefined
}

/** The address by which the sign-in library knows a login. Nothing can be sent to it: RFC 2606 keeps `.invalid` unused. */
export function emailOf(login: string): string {
  return `${login}${domain}`
}

/** An address of nobody: too long for a login. */
export const nobodysEmail = emailOf('x'.repeat(longest + 1))

/** The login of an account's address. */
export function loginOf(email: string): string {
  return email.slice(0, -domain.length)
}
