import { describe, expect, it } from 'vitest'
import { meantTicket } from '../../src/inquiry/meant-ticket.ts'

const live = (number: number, anonymous = false) => ({ ticket: { number, anonymous } })
const two = [live(3), live(12)]

describe('meantTicket', () => {
  it.each([
    ['nomor 12: besok', 12],
    ['no. 12 besok', 12],
    ['#12 besok', 12],
    ['12: besok', 12],
    ['tiket 3, ya', 3],
    ['besok', 3],
    ['12 orang', 3],
    ['nomor 99: besok', 3],
    ['nomor 123', 3],
  ])('takes %j for ticket %i', (message, number) => {
    expect(meantTicket(two, message)?.ticket.number).toBe(number)
  })

  it('guesses no named ticket where one is anonymous', () => {
    const both = [live(3), live(7, true)]
    expect(meantTicket(both, 'namanya Om Contoh')?.ticket.number).toBe(7)
    expect(meantTicket(both, 'nomor 3: terima kasih')?.ticket.number).toBe(3)
  })

  it('means none where none is live', () => {
    expect(meantTicket([], 'besok')).toBeUndefined()
  })
})
