/** What stands for every subject where one is chosen. */
export const allSubjects = 'all'

/** The topic of a subscription to a subject, or to all of them. */
export function topicOf(subject: string): string {
  return subject === allSubjects ? 'training' : `training/${subject}`
}

/** The topics under which somebody hears of a course with the subject. */
export function topicsWith(subject: string): readonly string[] {
  return [topicOf(allSubjects), topicOf(subject)]
}
