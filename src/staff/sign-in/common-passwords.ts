/** Words of which people make passwords in this office and elsewhere: a password of nothing else is guessed first. */
export const commonWords: readonly string[] = (
  'password passwort passw pass word admin administrator root user login welcome letmein hello test testing qwerty qwertyuiop ' +
  'asdf asdfghjkl zxcvbnm abc abcd abcde iloveyou love dragon monkey sunshine princess football master superman batman secret ' +
  'kata sandi katasandi rahasia sayang cinta bismillah alhamdulillah indonesia merdeka garuda pancasila jakarta nusantara ' +
  'kupang kota kotakupang ntt timor flores sumba rote alor flobamora kasih lopo sasando bot petugas pegawai kantor dinas ' +
  'dinsos sosial bansos bantuan kelurahan lurah camat desa warga operator selamat datang pagi siang malam ganti sementara baru ' +
  'aku kamu saya beta satu dua tiga empat lima januari februari maret april mei juni juli agustus september oktober november desember'
).split(' ')

/** Keys as they lie beside each other, and numbers as they are counted. */
export const keyRows: readonly string[] = [
  '1234567890'.repeat(30),
  '0987654321'.repeat(30),
  'qwertyuiopasdfghjklzxcvbnm'.repeat(4),
  'abcdefghijklmnopqrstuvwxyz'.repeat(4),
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
]
