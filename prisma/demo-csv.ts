import type { DemoHousehold, DemoPerson } from './demo.ts'

/** The two sheets that P3KE comes in. */
export type DemoSheet = 'keluarga' | 'individu'

const headings: Readonly<Record<DemoSheet, string>> = {
  keluarga:
    'no,id_keluarga_P3KE,provinsi,kabupaten_kota,kecamatan,desa_kelurahan,kode_kemdagri,desil_kesejahteraan,alamat,' +
    'kepala_keluarga,nik,padan_dukcapil,jenis_kelamin,tanggal_lahir,pekerjaan,pendidikan,kepemilikan_rumah,' +
    'memiliki_simpananuang_perhiasan_ternak_lainnya,jenis_atap,jenis_dinding,jenis_lantai,sumber_penerangan,' +
    'bahan_bakar_memasak,sumber_air_minum,memiliki_fasilitas_buang_air_besar,penerima_bpnt,penerima_bpum,penerima_bst,' +
    'penerima_pkh,penerima_sembako,resiko_stunting',
  individu:
    'id_keluarga_p3ke,provinsi,kabupaten_kota,kecamatan,desa_kelurahan,kode_kemdagri,desil_kesejahteraan,alamat,id_individu,' +
    'nama,nik,padan_dukcapil,jenis_kelamin,hubungan_dengan_kepala_keluarga,tanggal_lahir,status_kawin,pekerjaan,pendidikan,' +
    'usia_dibawah_7_tahun,usia_7_sd_12,usia_13_sd_15,usia_16_sd_18,usia_19_sd_21,usia_22_sd_59,usia_60_tahun_keatas,' +
    'penerima_bpnt,penerima_bpum,penerima_bst,penerima_pkh,penerima_sembako,resiko_stunting',
}

/** Writes households as a P3KE sheet in CSV, some hundred lines a piece. */
export function* demoCsv(sheet: DemoSheet, households: Iterable<DemoHousehold>): Generator<string> {
  let piece = `${headings[sheet]}\r\n`
  let number = 0
  for (const household of households) {
    number++
    if (sheet === 'keluarga') piece += keluargaLine(number, household)
    else
      for (const [place, person] of household.members.entries())
        piece += individuLine(household, person, place)
    if (piece.length < 65_536) continue
    yield piece
    piece = ''
  }
  yield piece
}

function placeCells(household: DemoHousehold): string[] {
  const { kelurahan, id } = household
  const desil = String(1 + (Number(id) % 4))
  const address = `Jl. Contoh No. ${Number(id.slice(4))} RT 00${1 + (Number(id) % 9)} RW 001`
  const code = kelurahan.code.replaceAll('.', '')
  return [
    'NUSA TENGGARA TIMUR',
    'KOTA KUPANG',
    kelurahan.district.toUpperCase(),
    kelurahan.name.toUpperCase(),
    code,
    desil,
    address,
  ]
}

function personCells(person: DemoPerson): string[] {
  return [person.name.toUpperCase(), person.nik, 'YA', person.sex === 'L' ? 'LAKI-LAKI' : 'PEREMPUAN']
}

function flagCells({ programmes }: DemoHousehold): string[] {
  return ['bpnt', 'bpum', 'bst', 'pkh', 'sembako'].map((code) => (programmes.has(code) ? 'YA' : 'TIDAK'))
}

function keluargaLine(number: number, household: DemoHousehold): string {
  const [head] = household.members
  if (head === undefined) return ''
  const dwelling = ['MILIK SENDIRI', 'TIDAK', 'SENG', 'BAMBU', 'TANAH', 'LISTRIK PLN', 'KAYU', 'SUMUR', 'YA']
  const cells = [
    String(number),
    household.id,
    ...placeCells(household),
    ...personCells(head),
    dayFirst(head.birthDate),
  ]
  return line([...cells, 'LAINNYA', 'TAMAT SD/SEDERAJAT', ...dwelling, ...flagCells(household), '0'])
}

function individuLine(household: DemoHousehold, person: DemoPerson, place: number): string {
  const id = `${household.id}${String(place + 1).padStart(2, '0')}`
  const role = place === 0 ? 'KEPALA KELUARGA' : 'ANGGOTA KELUARGA'
  const ages = Array.from({ length: 7 }, (_, band) =>
    band === Number(person.nik.slice(-1)) % 7 ? 'YA' : 'TIDAK',
  )
  const cells = [
    household.id,
    ...placeCells(household),
    id,
    ...personCells(person),
    role,
    dayFirst(person.birthDate),
  ]
  return line([
    ...cells,
    'BELUM KAWIN',
    'LAINNYA',
    'TAMAT SD/SEDERAJAT',
    ...ages,
    ...flagCells(household),
    '0',
  ])
}

function dayFirst(date: string): string {
  return date.split('-').reverse().join('/')
}

function line(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`
}
