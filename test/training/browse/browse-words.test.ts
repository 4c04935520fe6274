import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseBrowseWords } from '../../../src/training/browse/browse-words.ts'
import { words } from './browse-world.ts'

const yaml = readFileSync(new URL('../../../flows/content/pelatihan-tanya.yaml', import.meta.url), 'utf8')

describe('parseBrowseWords', () => {
  it('tells every problem with its place', () => {
    const broken = yaml
      .replace('"sisa {{free}} tempat"', 'sisa tempat')
      .replace('  cost: "Biaya', '  price: "Biaya')
    const read = () => parseBrowseWords(broken)
    expect(read).toThrow(/labels\.left: needs \{\{free\}\}/)
    expect(read).toThrow(/answers/)
  })

  it('takes no word for a filler by which a subject is searched', () => {
    const { fillers, training } = parseBrowseWords(yaml).reading
    const { lainnya, ...subjects } = words.subjects
    const searched = Object.values(subjects).flatMap((subject) => subject.words)
    expect(lainnya).toBeDefined()
    expect(searched.filter((word) => fillers.has(word) || training.has(word))).toEqual([])
  })
})
