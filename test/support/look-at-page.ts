import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** The small phone that every page must fit, and a wide screen. */
export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const
export const wide = { viewport: { width: 1280, height: 900 } } as const

/**
 * Both screens by day and by night, for `it.each`: the names of the two, and the options of a context in which
 * nothing moves while axe looks.
 */
export const sights = Object.entries({ phone, wide }).flatMap(([size, screen]) =>
  (['light', 'dark'] as const).map((colorScheme) => {
    const options = { ...screen, colorScheme, reducedMotion: 'reduce', bypassCSP: true } as const
    return [size, colorScheme, options] as const
  }),
)

/** What axe finds wrong with a page as it is, a line for each rule. */
export async function findFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate<readonly string[]>(`
    axe.run().then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`)
}

/** By how many pixels a page is wider than its screen. */
export function measureOverflow(page: Page): Promise<number> {
  return page.locator('html').evaluate((node) => node.scrollWidth - node.clientWidth)
}

/** Keeps a picture of the whole page in the folder that `SHOTS` names, where it names one. */
export async function takeShot(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/** Expects of a page as it is that it fits its screen, and that axe finds no fault. */
export async function expectSound(page: Page, name: string): Promise<void> {
  expect(await measureOverflow(page), name).toBe(0)
  expect(await findFaults(page), name).toEqual([])
}

/** Looks at an open page on a phone and on a wide screen, in each of the colours: sound, and no wider than the screen. */
export async function lookAtPage(
  page: Page,
  name: string,
  colours: readonly ('light' | 'dark')[],
): Promise<void> {
  for (const [size, { viewport }] of Object.entries({ phone, wide })) {
    await page.setViewportSize(viewport)
    for (const colorScheme of colours) {
      await page.emulateMedia({ colorScheme })
      expect(await findFaults(page), `${name} ${size} ${colorScheme}`).toEqual([])
      await takeShot(page, `${name}-${size}-${colorScheme}`)
    }
    expect(await findTooWide(page, viewport.width), `${name} ${size}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** What reaches beyond a width, where the page does. */
function findTooWide(page: Page, width: number): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`
    document.documentElement.scrollWidth <= ${width} ? [] : [...document.querySelectorAll('body *')]
      .filter((node) => node.getBoundingClientRect().right > ${width} + 0.5)
      .map((node) => node.outerHTML.slice(0, 120))`)
}
