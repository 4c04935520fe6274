import type { App } from '../app.ts'
import { chatLinks } from '../app-chat-links.ts'
import { contentOf } from '../app-words.ts'
import { applicantRoutes } from '../web/desk/applicants/applicant-routes.ts'
import { parseApplicantTexts } from '../web/desk/applicants/applicant-texts.ts'
import { parseTrainingFileTexts } from '../web/desk/applicants/training-file-texts.ts'
import { attendanceRoutes } from '../web/desk/attendance/attendance-routes.ts'
import { certificateRoutes } from '../web/desk/certificates/certificate-routes.ts'
import { trainingRoutes } from '../web/desk/trainings/training-routes.ts'
import { parseTrainingTexts } from '../web/desk/trainings/training-texts.ts'
import { trainingSection, trainingTiles } from '../web/desk/trainings/training-tiles.ts'
import type { Area } from './desk-area.ts'

/** Courses, applicants, attendance and certificates at the desk. */
export function trainingArea(app: App): Area {
  const { language, now, storage, texts: files } = app
  const words = () => app.trainingTexts().words
  const offices = () => app.ticketWords().offices.offices
  const courses = {
    texts: parseTrainingTexts(contentOf(files, 'meja-pelatihan')),
    desk: app.trainings.courses,
    residentWords: () => app.trainingTexts().browse,
    places: language.places,
    botAddress: () => app.addresses.filter((address) => address !== ''),
    ...{ words, offices, now },
  }
  const people = {
    texts: parseApplicantTexts(contentOf(files, 'meja-peserta')),
    fileTexts: parseTrainingFileTexts(contentOf(files, 'berkas-pelatihan')),
    desk: app.trainings,
    kelurahanName: (code: string) => language.places.byCode(code)?.name,
    kelurahan: language.places.all,
    secrets: storage.keyring,
    // Whoever takes the picture of a class's code only has to send what is written.
    checkInLinks: (code: string) => chatLinks(app.addresses, `hadir ${code}`),
    ...{ words, offices, now },
  }
  return {
    routes: [
      ...trainingRoutes(courses),
      ...applicantRoutes(people),
      ...attendanceRoutes(people),
      ...certificateRoutes(people),
    ],
    sections: [trainingSection(courses.texts)],
    tiles: (officer) => trainingTiles(courses, officer),
  }
}
