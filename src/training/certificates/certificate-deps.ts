import type { Transaction } from '../../storage/database.ts'
import type { AttendanceStore } from '../attendance/store-attendance.ts'
import type { TrainingDeps } from '../training-deps.ts'
import type { PrintedCertificate } from './certificate.ts'
import type { CertificateWords } from './certificate-words.ts'
import type { CertificateStore, ChatAddress } from './store-certificates.ts'

/** Where files are kept that go into chats. */
export interface CertificateFiles {
  /** Resolves once the file is durable; `too_much` when the chat has had its share of the last 24 hours. */
  save(
    file: { readonly mime: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string },
    owner: ChatAddress,
  ): Promise<{ readonly id: string } | 'too_much'>
  /** Says that a message took the file; it is erased within hours else. */
  keep(transaction: Transaction, id: string, at: Date): Promise<void>
}

/** What certificates are drawn with. */
export interface CertificatePrinter {
  /** The certificate as PDF, with the address of its page in a QR code: the same bytes for the same certificate. */
  readonly draw: (printed: PrintedCertificate, address: string) => Promise<Uint8Array<ArrayBuffer>>
  /** Where the page of a certificate is. */
  readonly pageOf: (token: string) => string
}

/** What everything that is done with certificates is given. */
export interface CertificateDeps extends TrainingDeps, CertificatePrinter {
  readonly attendance: AttendanceStore
  readonly certificates: CertificateStore
  readonly certificateWords: () => CertificateWords
  readonly files: CertificateFiles
  /** Has those that were not sent yet made and sent, once the transaction is committed. */
  readonly enqueue: (transaction: Transaction) => Promise<void>
}
