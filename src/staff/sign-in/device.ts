const browsers: readonly (readonly [RegExp, string])[] = [
  [/opr\/|opera/i, 'Opera'],
  [/samsungbrowser/i, 'Samsung Internet'],
  [/ucbrowser/i, 'UC Browser'],
  [/edg/i, 'Edge'],
  [/firefox|fxios/i, 'Firefox'],
  [/chrome|crios/i, 'Chrome'],
  [/safari/i, 'Safari'],
]

const systems: readonly (readonly [RegExp, string])[] = [
  [/android/i, 'Android'],
  [/iphone|ipad/i, 'iOS'],
  [/windows/i, 'Windows'],
  [/cros/i, 'ChromeOS'],
  [/mac os/i, 'macOS'],
  [/linux/i, 'Linux'],
]

/** Which browser on which system a User-Agent names, such as `Chrome · Android`; `?` stands for what it does not say. */
export function deviceOf(userAgent: string): string {
  const named = (names: typeof browsers) => names.find(([shape]) => shape.test(userAgent))?.[1] ?? '?'
  return `${named(browsers)} · ${named(systems)}`
}
