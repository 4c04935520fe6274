import { z } from 'zod'

/** What is written behind each thing that an office does about courses: `umumkan: 1`, `terima: [NAMA]`, `pindah: tempat`. */
const written = {
  ...{ umumkan: 'course', buka: 'course', tutup: 'course', mulai: 'course', selesai: 'course' },
  ...{ batalkan_pelatihan: 'course', hapus_pelatihan: 'course' },
  ...{ saring: 'names', wawancara: 'names', terima: 'names', cadangan: 'names', tolak: 'names' },
  ...{ undurkan: 'names', hadir: 'names', tidak_datang: 'names' },
  ...{ lulus: 'names', tidak_lulus: 'names', sertifikat: 'names' },
  /** Somebody else who registered gives up, or takes the seat that was offered. */
  ...{ batal: 'name', ambil: 'name' },
  /** The course is held elsewhere; all its sessions are so many days later. */
  ...{ pindah: 'text', geser_hari: 'figure' },
} as const
type Deed = keyof typeof written

/** One thing that an office, or somebody else who registered, does about courses; the driver knows how. */
export interface OfficeDeed {
  readonly what: Deed
  /** What is written behind it: one word, but for names. */
  readonly words: readonly string[]
  /** The place of the course among those of the fixtures, from 1; undefined: the one that the people are in. */
  readonly course: number | undefined
  readonly reason: string | undefined
}

const text = z.string().trim().min(1)
const figure = /^-?\d{1,4}$/

/** Reads one out of a script: `{ tolak: [NAMA], alasan: … }`; `pelatihan: 2` says which course where it could be another. */
export const officeDeed = z
  .record(text, z.union([text, z.array(text).min(1)]))
  .transform((line, context): OfficeDeed => {
    const { pelatihan = [], alasan = [], ...deeds } = line
    const [[what, value = []] = [], ...more] = Object.entries(deeds)
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    if (what === undefined || more.length > 0) {
      return refuse(`does ${Object.keys(deeds).join(' and ') || 'nothing'}; one thing a line`)
    }
    if (!isDeed(what)) {
      return refuse(`${what} is nothing that an office does: ${Object.keys(written).join(', ')}`)
    }
    const kind = written[what]
    const [words, [reason]] = [[value].flat(), [alasan].flat()]
    if (kind !== 'names' && words.length > 1) return refuse(`${what} takes one`)
    if (kind === 'figure' && !words.every((word) => figure.test(word)))
      return refuse(`${what} takes a figure`)
    const [course] = kind === 'course' ? words : [pelatihan].flat()
    if (course === undefined) return { what, words, course, reason }
    return figure.test(course)
      ? { what, words, course: Number(course), reason }
      : refuse(`${kind === 'course' ? what : 'pelatihan'} takes a figure`)
  })

function isDeed(name: string): name is Deed {
  return Object.hasOwn(written, name)
}
