import { describe, expect, it } from 'vitest'
import { isMachine } from '../../../src/marketplace/catalogue/is-machine.ts'

describe('isMachine', () => {
  it('knows programs by what they call themselves, or that they say nothing', () => {
    const programs = [
      ...['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'WhatsApp/2.23.20.0 A'],
      ...[
        'facebookexternalhit/1.1',
        'TelegramBot (like TwitterBot)',
        'curl/8.5.0',
        'python-requests/2.31',
        'node',
      ],
    ]
    for (const program of [...programs, '', ' ', undefined])
      expect([program, isMachine(program)]).toEqual([program, true])
  })

  it('takes browsers for people', () => {
    const browsers = [
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36',
      'Mozilla/5.0 (Linux; U; Android 9; en-US; CPH1823) AppleWebKit/537.36 Version/4.0 Chrome/78.0 UCBrowser/13.4.0 Mobile Safari/537.36',
      'Opera/9.80 (Android; Opera Mini/36.2.2254/191.303; U; id) Presto/2.12.423 Version/12.16',
      'Mozilla/5.0 (Linux; Android 8.1.0; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36',
      'Mozilla/5.0 (Linux; Android 12; RMX3511; wv) AppleWebKit/537.36 Version/4.0 Chrome/120.0 [FB_IAB/FB4A;FBAV/440.0]',
    ]
    for (const browser of browsers) expect([browser, isMachine(browser)]).toEqual([browser, false])
  })
})
