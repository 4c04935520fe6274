import type { CommandName, SystemFile } from './system-file.ts'

/** Commands by their normalised words. */
export function commandWords(
  system: SystemFile,
  fold: (text: string) => string,
): ReadonlyMap<string, CommandName> {
  const { menu, kembali, batal, bantuan, petugas, berhenti, cek_bot } = system.commands
  const named: readonly (readonly [CommandName, { words: readonly string[] }])[] = [
    ['menu', menu],
    ['kembali', kembali],
    ['batal', batal],
    ['bantuan', bantuan],
    ['petugas', petugas],
    ['berhenti', berhenti],
    ['cek_bot', cek_bot],
  ]
  return new Map(named.flatMap(([name, command]) => command.words.map((word) => [fold(word), name])))
}
