/** A whole number as people write it: "16", "1.500", "Rp25.000"; undefined for anything else. */
export function readWhole(text: string): number | undefined {
  const bare = text.replace(/^rp\.?\s*/i, '').trim()
  return /^\d{1,9}$|^\d{1,3}(\.\d{3}){1,2}$/.test(bare) ? Number(bare.replaceAll('.', '')) : undefined
}

/** A time of day as people write it ("8", "8.00", "08:00", "08.00 WITA") as "08.00"; undefined for anything else. */
export function readClock(text: string): string | undefined {
  const bare = text.replace(/\s*wita$/i, '').trim()
  const [, hours = '', minutes = '00'] = /^(\d{1,2})(?:[.:](\d{2}))?$/.exec(bare) ?? []
  const isClock = hours !== '' && Number(hours) < 24 && Number(minutes) < 60
  return isClock ? `${hours.padStart(2, '0')}.${minutes}` : undefined
}
