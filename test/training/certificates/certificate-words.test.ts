import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseCertificateWords } from '../../../src/training/certificates/certificate-words.ts'

const file = readFileSync('flows/content/sertifikat.yaml', 'utf8')

describe('parseCertificateWords', () => {
  it('reads the words of the project, with a place for all that is filled in', () => {
    const { chat, pdf } = parseCertificateWords(file)
    for (const text of [chat.sent, chat.again]) {
      expect(text.match(/\{\{\w+\}\}/g)?.toSorted()).toEqual(['{{course}}', '{{name}}', '{{number}}'])
    }
    expect(pdf.days).toMatch(/\{\{from\}\}.*\{\{to\}\}.*\{\{hours\}\}/)
    // What a person is sent stays short.
    expect(chat.sent.length).toBeLessThan(250)
  })

  it('tells every wrong place at once', () => {
    const broken = file.replace('  again:', '  agin:').replace(/ {2}issued: .*\n/, '')
    const parse = () => parseCertificateWords(broken, 'sertifikat.yaml')
    expect(parse).toThrow('sertifikat.yaml: chat.again')
    expect(parse).toThrow('sertifikat.yaml: pdf.issued')
  })
})
