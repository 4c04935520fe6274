/** A file of offices as the city could write it. */
export const sampleOffices = `
offices:
  umum: { title: Pelayanan Umum, signs_as: Pemerintah Kota Kupang }
  dinsos: { title: Dinas Sosial Kota Kupang, signs_as: Dinas Sosial Kota Kupang }
  nakertrans: { title: Dinas Tenaga Kerja, signs_as: Dinas Tenaga Kerja }
  umkm: { title: Dinas Koperasi dan UKM, signs_as: Dinas Koperasi dan UKM }
routes:
  question: umum
  complaint: umum
  fraud: dinsos
  proposal: dinsos
  objection: dinsos
  objection_other: dinsos
  deletion: umum
  late: umum
hours: { senin: "07.30-16.00", selasa: "07.30-16.00", rabu: "07.30-16.00", kamis: "07.30-16.00", jumat: "07.30-16.30" }
holidays:
  - { on: 2026-12-25, name: Natal }
  - { from: 2026-12-30, to: 2027-01-02, name: Libur tahun baru }
promises:
  question: { working_hours: 8 }
  complaint: { working_hours: 24 }
  fraud: { working_hours: 4 }
  proposal: { working_hours: 40 }
  objection: { working_hours: 40 }
  objection_other: { working_hours: 40 }
  deletion: { hours: 72 }
  late: { working_hours: 8 }
source: contoh
as_of: 2026-01-01
owner: Bagian Organisasi
review_by: 2026-12-31
`
