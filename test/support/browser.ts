import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** A browser that keeps what its pages complain of. */
export interface WatchedBrowser {
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>
  /** A page that complains of every error of a script, and of what the content policy keeps out. */
  newPage(context: BrowserContext): Promise<Page>
  /** Such a page in a context of its own, at an address; the cookie, `name=value`, is the session of who looks. */
  open(address: string, options?: BrowserContextOptions, cookie?: string): Promise<Page>
  /** Closes every context. */
  closePages(): Promise<void>
  /** The complaints since they were last taken: a test file asks for them after each test, and there are none. */
  takeComplaints(): readonly string[]
  close(): Promise<void>
}

/** Starts the Chromium that the system has. */
export async function launchBrowser(): Promise<WatchedBrowser> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: switches })
  const complaints: string[] = []
  const newPage = async (context: BrowserContext) => {
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text())
    })
    return page
  }
  return {
    newContext: (options) => browser.newContext(options),
    newPage,
    async open(address, options, cookie) {
      const context = await browser.newContext(options)
      const [name = '', value = ''] = cookie?.split('=') ?? []
      if (cookie !== undefined) await context.addCookies([{ name, value, url: new URL(address).origin }])
      const page = await newPage(context)
      await page.goto(address)
      return page
    },
    async closePages() {
      await Promise.all(browser.contexts().map((context) => context.close()))
    },
    takeComplaints: () => complaints.splice(0),
    close: () => browser.close(),
  }
}

const switches = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
