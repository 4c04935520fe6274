import { readFileSync } from 'node:fs'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { parseTrainingWords, type TrainingWords } from '../../src/training/training-words.ts'
import type { ApplicantPagesDeps } from '../../src/web/desk/applicants/applicant-deps.ts'
import { applicantRoutes } from '../../src/web/desk/applicants/applicant-routes.ts'
import { type ApplicantTexts, parseApplicantTexts } from '../../src/web/desk/applicants/applicant-texts.ts'
import { parseTrainingFileTexts } from '../../src/web/desk/applicants/training-file-texts.ts'
import { attendanceRoutes } from '../../src/web/desk/attendance/attendance-routes.ts'
import { certificateRoutes } from '../../src/web/desk/certificates/certificate-routes.ts'
import type { DeskDeps } from '../../src/web/desk/desk-app.ts'
import { createDeskWorld, type DeskWorld } from './desk-world.ts'
import { createFakeTrainingDesk, type FakeTrainingDesk, trainingNow } from './fake-training-desk.ts'

/** The desk with its pages on applicants, attendance and certificates over a fake of what is behind them. */
export interface ApplicantWorld extends DeskWorld {
  readonly desk: FakeTrainingDesk
  readonly words: ApplicantTexts
  readonly trainingWords: TrainingWords
  /** A page after a post that was answered with a redirect, with the sentence that is shown there once. */
  follow(response: Response, cookie: string): Promise<string>
}

const read = (name: string) => readFileSync(`flows/content/${name}.yaml`, 'utf8')

/** Makes one. */
export function createApplicantWorld(
  given: Partial<DeskDeps> & Pick<Partial<ApplicantPagesDeps>, 'checkInLinks'> & { now?: () => Date } = {},
): ApplicantWorld {
  const { checkInLinks, now = () => trainingNow, ...rest } = given
  const desk = createFakeTrainingDesk(now)
  const words = parseApplicantTexts(read('meja-peserta'))
  const trainingWords = parseTrainingWords(read('pelatihan'))
  const kelurahan = [
    { code: '53.71.01.1001', name: 'Alak' },
    { code: '53.71.02.1002', name: 'Oesapa' },
  ]
  const deps: ApplicantPagesDeps = {
    ...{ desk, kelurahan, checkInLinks, now },
    texts: words,
    words: () => trainingWords,
    kelurahanName: (code) => kelurahan.find((each) => each.code === code)?.name,
    offices: () => new Map([['nakertrans', { title: 'Dinas Contoh' }]]),
    fileTexts: parseTrainingFileTexts(read('berkas-pelatihan')),
    secrets: createKeyring([newKeyEntry()]),
  }
  const world = createDeskWorld({
    routes: [...applicantRoutes(deps), ...attendanceRoutes(deps), ...certificateRoutes(deps)],
    sections: [{ name: 'trainings', label: 'Pelatihan', path: '/pelatihan', permission: 'trainings' }],
    now,
    ...rest,
  })
  return {
    ...world,
    ...{ desk, words, trainingWords },
    async follow(response, cookie) {
      const flash = response.headers.getSetCookie().map((set) => set.split(';')[0])
      const to = response.headers.get('location') ?? ''
      return (await world.get(to, [cookie, ...flash].join('; '))).text()
    },
  }
}
