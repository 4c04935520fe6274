import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advance, Browser, openStaffWorld, type StaffWorld, totp } from './staff-world.ts'

let world: StaffWorld
beforeAll(async () => {
  world = await openStaffWorld()
})
afterAll(() => world.close())

describe('createSignIn', () => {
  it('leads from a first password to a session with both factors', async () => {
    const { accounts, signIn } = world
    const added = await accounts.add({ login: 'Maria.B', name: 'Maria Bria', roles: ['admin'] }, 'cli')
    if (added.type !== 'added') throw new Error(added.why)
    expect(added.account).toMatchObject({ login: 'maria.b', state: 'invited' })
    const browser = new Browser(signIn)
    expect(await browser.visitor()).toEqual({ type: 'stranger' })

    expect(await browser.password('maria.b', added.firstPassword)).toMatchObject({ type: 'enrol' })
    expect(await browser.visitor()).toMatchObject({ type: 'enrolling', officer: { name: 'Maria Bria' } })
    expect(await browser.finish('123456')).toEqual({ type: 'refused' })
    const { firstPassword } = added
    expect(await browser.begin(firstPassword, firstPassword)).toEqual({ type: 'weak_password', why: 'same' })
    expect(await browser.begin('salah sekali ini', 'tali jemuran di kebun')).toEqual({ type: 'refused' })
    const begun = await browser.begin(firstPassword, 'tali jemuran di kebun')
    if (begun.type !== 'begun') throw new Error(begun.type)
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\/Lopo:maria\.b\?secret=[A-Z2-7]+&issuer=Lopo$/)
    expect(begun.backupCodes).toHaveLength(10)
    expect(await browser.visitor()).toMatchObject({ type: 'enrolling' })
    expect(await browser.finish('000000')).toEqual({ type: 'refused' })
    const proof = totp(begun.secret)
    expect(await browser.finish(proof)).toMatchObject({ type: 'signed_in', failedAttempts: 2 })
    expect(await browser.visitor()).toMatchObject({ type: 'officer', officer: { roles: ['admin'] } })
    expect(await accounts.find(added.account.id)).toMatchObject({ state: 'active' })

    await browser.leave()
    expect(await browser.visitor()).toEqual({ type: 'stranger' })
    expect(await browser.password('maria.b', firstPassword)).toEqual({ type: 'refused' })
    expect(await browser.password(' MARIA.B ', 'tali jemuran di kebun')).toMatchObject({
      type: 'code_needed',
    })
    expect(await browser.visitor()).toEqual({ type: 'stranger' })
    expect(await browser.code(proof)).toEqual({ type: 'refused' })
    advance({ seconds: 30 })
    const code = totp(begun.secret)
    expect(await browser.code(`${code.slice(0, 3)} ${code.slice(3)}`)).toMatchObject({
      type: 'signed_in',
      failedAttempts: 2,
    })
    expect(await browser.visitor()).toMatchObject({ type: 'officer' })
  })
})
