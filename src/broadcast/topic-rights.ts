import { may, type Officer, type StaffRole } from '../staff/officer.ts'

/** The role of the office whose news a topic is, by what stands before its slash. A topic that is not here is for admins to tell. */
const roleOf: Readonly<Record<string, StaffRole>> = {
  training: 'pelatihan',
  assistance: 'bansos',
  umkm: 'umkm',
}

/** Whether an officer may write to those who subscribed to the topic: their own office's, or any if they judge what others wrote. */
export function mayTell(officer: Pick<Officer, 'roles'>, topic: string): boolean {
  if (may(officer, 'broadcast_approval')) return true
  const role = roleOf[topic.split('/')[0] ?? topic]
  return role !== undefined && officer.roles.includes(role)
}
