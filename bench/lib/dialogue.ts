/** One turn of the dialogue that every bot is measured on. */
export interface Line {
  readonly say: string
  /** How the one reply begins. */
  readonly reply: string
}

/** Four messages: pick from the menu, a name, a number, a confirmation. The bot keeps the name and the number. */
export const dialogue: readonly Line[] = [
  { say: 'daftar', reply: 'Siapa nama Bapak/Ibu?' },
  { say: 'Maria', reply: 'Berapa orang yang ikut?' },
  { say: '3', reply: 'Sudah benar?' },
  { say: 'ya', reply: 'Tercatat: Maria, 3 orang.' },
]
