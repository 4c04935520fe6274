/** What a resident may type in a chat instead of a NIK. */
export interface Details {
  /** `yyyy-mm-dd` */
  readonly birthDate: string
  /** Kemendagri code with dots. */
  readonly kelurahan: string
  /** The last four digits of the NIK. */
  readonly nikTail: string
}

/** The text whose hash finds a person by their details. */
export function detailsText({ birthDate, kelurahan, nikTail }: Details): string {
  return `${birthDate}|${kelurahan}|${nikTail}`
}
