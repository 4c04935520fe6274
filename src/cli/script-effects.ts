import type { App } from '../app.ts'
import type { Effect } from '../flow/script.ts'
import { seatedStates, standingStates } from '../training/registration.ts'
import { countProducts } from './script-market.ts'

const registrations = (states: readonly string[]) =>
  `SELECT count(*)::int AS count FROM registration WHERE state IN (${states.map((state) => `'${state}'`).join(', ')})`

/** Effects that a script may expect, each a count of rows. */
const counts: Readonly<Record<string, string>> = {
  permintaan: "SELECT count(*)::int AS count FROM ticket WHERE state = 'open'",
  berhenti: 'SELECT count(*)::int AS count FROM opt_out WHERE ended_at IS NULL',
  pemeriksaan: 'SELECT count(*)::int AS count FROM check_attempt',
  tautan: 'SELECT count(*)::int AS count FROM check_link WHERE used_at IS NULL AND expires_at > $1',
  peringatan: 'SELECT count(*)::int AS count FROM alarm WHERE settled_at IS NULL',
  /** Registrations that stand, those of the fixtures among them. */
  pendaftaran: registrations(standingStates),
  /** Seats that are taken. */
  kursi: registrations(seatedStates),
  toko: 'SELECT count(*)::int AS count FROM shop',
  /** Consents of owners in force. */
  izin: 'SELECT count(*)::int AS count FROM shop_consent WHERE ended_at IS NULL',
  /** Reports of listings. */
  laporan_produk: 'SELECT count(*)::int AS count FROM product_report',
  /** Papers of shops and products. */
  surat: 'SELECT count(*)::int AS count FROM shop_paper',
  /** Shops of an imported list that have an owner by now. */
  usaha_diambil:
    'SELECT count(*)::int AS count FROM shop WHERE source IS NOT NULL AND contact_id IS NOT NULL',
  langganan: 'SELECT count(*)::int AS count FROM subscription WHERE ended_at IS NULL',
}

/** Checks `effect: { name: permintaan, jumlah: 1 }`; `jumlah` is 1 when left out. Returns what is not so. */
export async function checkEffect(app: App, effect: Effect): Promise<readonly string[]> {
  if (effect.name === 'produk') return compare(effect, await countProducts(app, effect))
  const sql = counts[effect.name]
  if (sql === undefined) return [`no effect is called ${effect.name}: ${Object.keys(counts).join(', ')}`]
  const { rows } = await app.storage.database.pool.query(sql, sql.includes('$1') ? [app.now()] : [])
  return compare(effect, rows[0]?.count)
}

function compare({ name, jumlah }: Effect, found: unknown): readonly string[] {
  const expected = Number(jumlah ?? 1)
  return found === expected ? [] : [`expected ${name} ${expected}, found ${found}`]
}
