import { describe, expect, it } from 'vitest'
import { language } from './the-language.ts'

describe('topicOf', () => {
  it.each([
    ['desil itu apa', 'dtsen'],
    ['apa itu p3ke', 'dtsen'],
    ['apa itu pkh', 'pkh'],
    ['kapan PKH tahap 4 cair', 'pencairan'],
    ['pkh saya tidak cair', 'belum_cair'],
    ['bansos su mati', 'belum_cair'],
    ['berapa PKH untuk anak SMA', 'pkh_besaran'],
    ['PIP anak sy blm cair', 'pip'],
    ['PBI', 'pbi_jk'],
    ['BLT desa ada tidak', 'desa'],
    ['nik saya beda dengan daftar', 'dukcapil'],
    ['nama saya hilang dari daftar', 'keluar_daftar'],
    ['lurah kami tidak adil', 'tidak_adil'],
    ['orang dinsos datang ke rumah, asli ko sonde', 'asli'],
    ['tidak punya ktp', 'nik_hilang'],
    ['apakah pak yosep dapat pkh?', 'orang_lain'],
    ['link', 'tautan'],
    ['saya ditipu', 'korban'],
    ['beta su kirim kode otp ke orang itu', 'korban'],
    ['saya mau sanggah penerima PKH yang punya mobil', 'sanggah_lain'],
    ['adiknya ketua RT dpt pkh pdhal PNS, itu salah', 'sanggah_lain'],
    ['beta sonde tarima, desil katong kanapa naik jadi 7', 'sanggah_sendiri'],
    ['data saya tercatat ASN padahal petani', 'sanggah_sendiri'],
    ['sampai mana laporan saya', 'status_tiket'],
    ['nomor 12 bagaimana', 'status_tiket'],
    ['pengaduan saya sudah diproses ko belum', 'status_tiket'],
    ['beta pung laporan su sampe mana', 'status_tiket'],
    ['laporan nomor 7 sudah dijawab?', 'status_tiket'],
    ['pengaduan beta balom ada kabar', 'status_tiket'],
    ['usulan saya sudah ditindaklanjuti belum', 'status_tiket'],
    ['cek tiket 15', 'status_tiket'],
    ['petugas minta uang 50 ribu untuk urus bansos', 'penipuan'],
    ['ada yang telpon ngaku dari dinsos minta kode otp', 'penipuan'],
    ['uang PKH saya dipotong ketua kelompok', 'dipotong'],
    ['mau lapor, ketua kelompok potong uang PKH 50rb', 'dipotong'],
    ['pendamping tahan beta pung kartu', 'dipotong'],
  ])('finds in %j the topic %s', (text, topic) => {
    expect(language.topicOf(language.understand(text))).toBe(topic)
  })

  it.each([
    'cek bansos',
    'apakah ibu saya dapat PKH',
    'cek nama saya',
    'sapa sa yang bisa dapa PKH?',
    'siapa yang jual madu asli',
    'saya belum pernah dapat bantuan',
    'cek nomor 5399010101010001',
    'bantuan saya sudah sampai mana',
    'status bansos saya',
    'saya mau usul, saya belum pernah dapat bantuan',
    'mau mengadu pelayanan kantor lurah lambat',
    'mau bicara dengan petugas',
  ])('leaves %j to its intent', (text) => {
    expect(language.topicOf(language.understand(text))).toBeUndefined()
  })
})
