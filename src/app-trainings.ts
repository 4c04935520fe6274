import { createAttempts } from './attempts.ts'
import type { Conversation } from './conversation/conversation.ts'
import type { Action, ActionContract } from './flow/action.ts'
import { formatMoment } from './language/format.ts'
import type { Language } from './language/language.ts'
import { createAuditTrail } from './staff/store.ts'
import type { Transaction } from './storage/database.ts'
import type { MediaStore } from './storage/media-store.ts'
import type { Storage } from './storage/open-storage.ts'
import { createAttendanceActions } from './training/attendance/attendance-actions.ts'
import { createAttendanceStore } from './training/attendance/store-attendance.ts'
import { createBrowseActions } from './training/browse/browse-actions.ts'
import { type BrowseWords, parseBrowseWords } from './training/browse/browse-words.ts'
import { type CourseNewsDesk, createCourseNews } from './training/browse/course-news.ts'
import { requirementLines, scheduleText } from './training/browse/course-text.ts'
import { createBrowseStore } from './training/browse/store-browse.ts'
import type { PublicCertificate } from './training/certificates/certificate.ts'
import { createCertificateActions } from './training/certificates/certificate-actions.ts'
import type { CertificateDeps } from './training/certificates/certificate-deps.ts'
import { type CertificateWords, parseCertificateWords } from './training/certificates/certificate-words.ts'
import {
  createIssueCertificates,
  type IssueCertificates,
} from './training/certificates/issue-certificates.ts'
import { createCertificateStore } from './training/certificates/store-certificates.ts'
import { createApplicantDesk } from './training/desk/create-applicant-desk.ts'
import { createAttendanceDesk } from './training/desk/create-attendance-desk.ts'
import { createCertificateDesk } from './training/desk/create-certificate-desk.ts'
import { createCourseDesk } from './training/desk/create-course-desk.ts'
import { createApplicantStore } from './training/desk/store-applicants.ts'
import { createCourseStore } from './training/desk/store-courses.ts'
import { createInterestActions } from './training/notices/interest-actions.ts'
import { type NoticeTexts, parseNoticeTexts } from './training/notices/notice-texts.ts'
import { createAnnounceStore } from './training/notices/store-announce.ts'
import { createInterestStore } from './training/notices/store-interests.ts'
import { createDueNoticeStore, createNoticeStore } from './training/notices/store-notice.ts'
import { createReminderStore } from './training/notices/store-reminders.ts'
import { createTendNotices } from './training/notices/tend-notices.ts'
import { createRegistrationActions } from './training/seats/registration-actions.ts'
import { createTendSeatsStore } from './training/seats/store-tend-seats.ts'
import { createTendSeats } from './training/seats/tend-seats.ts'
import { createTrainingStore } from './training/store.ts'
import { trainingContracts } from './training/training-contracts.ts'
import type { TrainingDeps } from './training/training-deps.ts'
import type { TrainingDesk } from './training/training-desk.ts'
import type { Offices } from './training/training-offices.ts'
import type { TrainingVoice } from './training/training-voice.ts'
import { parseTrainingWords, type TrainingWords } from './training/training-words.ts'

/** What flows may ask about trainings. */
export const trainingRoomContracts: Readonly<Record<string, ActionContract>> = trainingContracts

/** The words that trainings are told with: they change when the flows and their content are read again. */
export interface TrainingTexts {
  readonly words: TrainingWords
  readonly browse: BrowseWords
  readonly notices: NoticeTexts
  readonly certificates: CertificateWords
}

/** Reads them; throws with every problem of the first file that is broken. */
export function readTrainingTexts(contentOf: (name: string) => string): TrainingTexts {
  return {
    words: parseTrainingWords(contentOf('pelatihan')),
    browse: parseBrowseWords(contentOf('pelatihan-tanya')),
    notices: parseNoticeTexts(contentOf('pelatihan-kabar')),
    certificates: parseCertificateWords(contentOf('sertifikat')),
  }
}

/** What the house has of trainings. */
export interface Trainings {
  readonly actions: Readonly<Record<string, Action<Transaction>>>
  readonly desk: TrainingDesk
  /** Does what is due by time; how many things it did. */
  readonly tend: (now: Date) => Promise<number>
  /** Makes and sends the certificates that were not sent yet; how many. */
  readonly issueCertificates: IssueCertificates
  /** What there is to tell of courses. */
  readonly news: CourseNewsDesk
  /** What whoever holds the token of a certificate may know. */
  readonly findCertificate: (token: string) => Promise<PublicCertificate | undefined>
}

/** What trainings are built from. The conversation is asked for late: it calls the actions, and they speak through it. */
export interface TrainingGround {
  readonly storage: Storage
  readonly media: MediaStore
  readonly conversation: () => Conversation
  readonly texts: () => TrainingTexts
  readonly offices: () => Offices
  readonly language: Language
  /** Where the pages are, such as `https://lopo.kupangkota.go.id`. */
  readonly publicUrl: () => string
  /** Has a job done once the transaction is committed, where this process has a queue; else it is done at its time. */
  readonly enqueue: (job: string, transaction: Transaction) => Promise<void>
  /** Draws a certificate as PDF. */
  readonly draw: CertificateDeps['draw']
  readonly now: () => Date
}

/** Builds them. */
export function createTrainings(ground: TrainingGround): Trainings {
  const { storage, language } = ground
  const { keyring, database } = storage
  const deps = createDeps(ground)
  const attending = { ...deps, attendance: createAttendanceStore(keyring), secrets: keyring }
  const certifying = createCertificateDeps(ground, attending)
  return {
    actions: createActions(ground, deps, { ...attending, ...certifying }),
    desk: {
      courses: createCourseDesk({ ...deps, courses: createCourseStore(), language }),
      applicants: createApplicantDesk({ ...attending, applicants: createApplicantStore(keyring) }),
      attendance: createAttendanceDesk(attending),
      certificates: createCertificateDesk(certifying),
    },
    tend: createTend(ground, deps),
    news: createCourseNews({
      ...deps,
      browse: createBrowseStore(),
      texts: () => ground.texts().browse,
      places: language.places,
    }),
    issueCertificates: createIssueCertificates(certifying),
    findCertificate: (token) => certifying.certificates.findPublic(database.prisma, token),
  }
}

function createActions(
  { language, texts }: TrainingGround,
  deps: TrainingDeps,
  attending: Parameters<typeof createAttendanceActions>[0] & Parameters<typeof createCertificateActions>[0],
): Trainings['actions'] {
  const { words, browse, notices } = lateTexts(texts)
  return {
    ...createBrowseActions({ ...deps, words, texts: browse, browse: createBrowseStore(), language }),
    ...createRegistrationActions({ ...deps, placeName: placeNames(language) }),
    ...createAttendanceActions(attending),
    ...createCertificateActions(attending),
    ...createInterestActions({ ...deps, texts: notices, interests: createInterestStore() }),
  }
}

function createTend(ground: TrainingGround, deps: TrainingDeps): Trainings['tend'] {
  const { database, keyring } = ground.storage
  const { browse, notices, words } = lateTexts(ground.texts)
  const tendSeats = createTendSeats({ ...deps, tend: createTendSeatsStore(database) })
  const tendNotices = createTendNotices({
    ...deps,
    texts: notices,
    due: createDueNoticeStore({ keyring }),
    reminders: createReminderStore(),
    announce: createAnnounceStore(),
    newsOf: (course) => ({
      schedule: scheduleText(course.sessions, browse()),
      requirements: requirementLines(course, browse(), words(), ground.language.places),
    }),
  })
  return async (now) => {
    const { attempt, finish } = createAttempts()
    // A seat that cannot be tended is no reason to remind nobody.
    await attempt(() => tendSeats(now))
    await attempt(() => tendNotices(now))
    return finish()
  }
}

function createDeps(ground: TrainingGround): TrainingDeps {
  const { database, keyring } = ground.storage
  return {
    store: createTrainingStore({ prisma: database.prisma, keyring }),
    notices: createNoticeStore(),
    words: () => ground.texts().words,
    offices: ground.offices,
    audit: createAuditTrail(),
    voice: createTrainingVoice(ground.conversation),
    now: ground.now,
  }
}

function createCertificateDeps(
  { storage, media, texts, draw, publicUrl, enqueue }: TrainingGround,
  attending: TrainingDeps & Pick<CertificateDeps, 'attendance'>,
): CertificateDeps {
  return {
    ...attending,
    certificates: createCertificateStore(storage.keyring),
    certificateWords: () => texts().certificates,
    files: media,
    draw,
    enqueue: (transaction) => enqueue('issue-certificates', transaction),
    pageOf: (token) => `${publicUrl()}/sertifikat/${token}`,
  }
}

/** The words as they are when they are wanted. */
function lateTexts(texts: () => TrainingTexts) {
  return {
    words: () => texts().words,
    browse: () => texts().browse,
    notices: () => texts().notices,
  }
}

/** What kelurahan and kecamatan are called, by their codes. */
function placeNames({ places }: Language): (code: string) => string {
  return (code) =>
    places.byCode(code)?.name ??
    places.all.find((place) => place.code.startsWith(`${code}.`))?.district ??
    code
}

const dayMs = 86_400_000

/** How trainings are heard in chats. */
function createTrainingVoice(conversation: () => Conversation): TrainingVoice {
  return {
    async offer(transaction, chatId, { number, title, name, until }) {
      const values = { number, title, name, until: formatMoment(until) }
      // Whoever answers too late is told so.
      const heardUntil = new Date(until.getTime() + dayMs)
      const opening = { to: 'pelatihan-saya/tawaran', values, until: heardUntil }
      // Whoever waits in line asked for it; and a channel's budget for what nobody asked for would let the time run out unheard.
      await conversation().open(chatId, opening, transaction, 'reply')
    },
    async tellMany(transaction, messages, purpose) {
      const items = messages.map(({ chatId, text, media }) => ({
        chatId,
        message: media === undefined ? { text } : { text, media: [media] },
      }))
      await conversation().tellMany(items, transaction, purpose)
    },
  }
}
