import { describe, expect, it } from 'vitest'
import { language } from './the-language.ts'

const yes = ['ya', 'iya', 'mau', 'betul']
const no = ['tidak', 'tidak mau', 'orang lain']
const education = ['sd', 'smp', 'sma', 'tidak sekolah']
const people = ['saya', 'sendiri', 'orang lain', 'adik', 'om']

function named(text: string, phrases: readonly string[]): readonly (string | undefined)[] {
  return language.matchWords(text, phrases).map((index) => phrases[index])
}

describe('matchWords', () => {
  it.each([
    ['iya mau', [...yes, ...no], ['iya']],
    ['bwtul', yes, ['betul']],
    ['sonde mau', [...yes, ...no], ['tidak mau']],
    ['kasi orang lain sa', [...yes, ...no], ['orang lain']],
    ['adik saya', people, ['adik']],
    ['untuk om saya', people, ['om']],
    ['b sandiri', people, ['sendiri']],
    ['smp dulu', education, ['smp']],
    ['tamat SMA', education, ['sma']],
    ['eh jang dulu', ['jangan dulu', ...yes], ['jangan dulu']],
    ['son sekolah', education, ['tidak sekolah']],
  ])('finds in %j the words that it says', (text, phrases, expected) => {
    expect(named(text, phrases)).toEqual(expected)
  })

  it.each([
    ['sonde tau', no],
    ['sekolah', education],
    ['iya, tapi kapan mulai', yes],
    ['mau ko sonde', [...yes, ...no]],
    ['ya tidak', [...yes, ...no]],
    ['adik saya sakit', people],
    ['smp apa sd', education.slice(0, 1)],
    ['', yes],
    ['ya '.repeat(50), yes],
  ])('finds nothing in %j, which says something else or more', (text, phrases) => {
    expect(named(text, phrases)).toEqual([])
  })

  it('tells of every word when a text names two', () => {
    expect(named('sd atau smp', education)).toEqual(['sd', 'smp'])
  })
})
