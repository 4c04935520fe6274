/** The number of a certificate of halal as it is printed, or undefined: letters, digits and signs between them, mostly digits. */
export function readCertificate(text: string): string | undefined {
  return readNumber(text, 8, 25)
}

/** The number of another paper: an NIB has 13 digits, a PIRT number 15. */
export function readPaperNumber(text: string): string | undefined {
  return readNumber(text, 8, 20)
}

function readNumber(text: string, fewest: number, most: number): string | undefined {
  const tidy = text.normalize('NFKC').toUpperCase().replace(/\s+/g, '')
  const digits = tidy.replace(/\D/g, '').length
  const isNumber = /^[A-Z0-9./-]{1,40}$/.test(tidy) && digits >= fewest && digits <= most
  return isNumber ? tidy : undefined
}
