import type { App } from '../app.ts'
import type { CourseState } from '../training/course.ts'
import type { Decision } from '../training/training-desk.ts'
import type { Command } from './command.ts'
import type { CliContext } from './context.ts'
import { decideApplicants, listApplicants } from './trainings-applicants.ts'
import { grade, markAbsent, tendAttendance, tendCertificates } from './trainings-classes.ts'
import {
  addCourse,
  copyCourse,
  editCourse,
  listCourses,
  moveCourse,
  removeCourse,
  showCourse,
} from './trainings-courses.ts'
import { readTyped, type Takes, type Typed } from './trainings-typed.ts'

/** `lopo trainings`: courses, who applies to them, who comes, and who passes. */
export const trainingsCommand: Command = {
  summary:
    'make courses and lead them through their life; decide about applicants; attendance and certificates',
  usage: [
    'trainings list [--all] [--json]',
    'trainings show NUMBER [--json]                   (without --json: a file for add and edit)',
    'trainings add FILE.yaml',
    'trainings edit NUMBER FILE.yaml',
    'trainings copy NUMBER',
    'trainings announce|open|close|start|finish NUMBER',
    'trainings cancel NUMBER --reason TEXT',
    'trainings remove NUMBER',
    'trainings applicants NUMBER [--state STATE] [--json|--csv FILE|--xlsx FILE]',
    'trainings accept|reserve|screen|interview|withdraw NUMBER REGISTRATION…',
    'trainings reject NUMBER REGISTRATION… --reason TEXT',
    'trainings attendance NUMBER SESSION [--code|--present N,N,…]',
    'trainings absent NUMBER REGISTRATION…',
    'trainings pass|fail NUMBER REGISTRATION…',
    'trainings certificates NUMBER [--issue all|N,N,…]',
  ].join('\n'),
  async run(args, context) {
    const { word, typed } = readTyped(args, this.usage, words)
    const app = await context.openApp()
    try {
      return await word.run(typed, app, context)
    } finally {
      await app.close()
    }
  },
}

/** One word of the command, and what it does. */
interface Word extends Takes {
  run(typed: Typed, app: App, context: CliContext): Promise<number>
}

const course = ['number'] as const
const people = ['number', 'registrations'] as const

const words: ReadonlyMap<string, Word> = new Map(
  Object.entries({
    list: {
      takes: [],
      options: ['json', 'all'],
      run: (typed, app, context) => listCourses(app, context, typed),
    },
    show: {
      ...{ takes: course, options: ['json'] },
      run: ({ number, json }, app, context) => showCourse(app, context, number, json),
    },
    add: { takes: ['file'], run: ({ file }, app, context) => addCourse(app, context, file) },
    edit: {
      takes: ['number', 'file'],
      run: ({ number, file }, app, context) => editCourse(app, context, number, file),
    },
    copy: { takes: course, run: ({ number }, app, context) => copyCourse(app, context, number) },
    announce: move('announced'),
    open: move('registration'),
    close: move('selection'),
    start: move('running'),
    finish: move('finished'),
    cancel: { ...move('cancelled'), options: ['reason'], needs: 'reason' },
    remove: { takes: course, run: ({ number }, app, context) => removeCourse(app, context, number) },
    applicants: {
      ...{ takes: course, options: ['state', 'json', 'csv', 'xlsx'] },
      run: ({ number, applicants }, app, context) => listApplicants(app, context, number, applicants),
    },
    accept: decide('accept'),
    reserve: decide('reserve'),
    screen: decide('screen'),
    interview: decide('interview'),
    withdraw: decide('withdraw'),
    reject: { ...decide('reject'), options: ['reason'], needs: 'reason' },
    attendance: {
      ...{ takes: ['number', 'session'], options: ['code', 'present'] },
      run: ({ attendance, ...where }, app, context) => tendAttendance(app, context, where, attendance),
    },
    absent: {
      takes: people,
      run: ({ number, registrations }, app, context) => markAbsent(app, context, number, registrations),
    },
    pass: gradeAs(true),
    fail: gradeAs(false),
    certificates: {
      ...{ takes: course, options: ['issue'] },
      run: ({ number, issue }, app, context) => tendCertificates(app, context, number, issue),
    },
  } satisfies Record<string, Word>),
)

function move(to: CourseState): Word {
  return {
    takes: course,
    run: ({ number, reason }, app, context) => moveCourse(app, context, number, to, reason),
  }
}

function decide(decision: Decision): Word {
  return {
    takes: people,
    run: ({ number, registrations, reason }, app, context) =>
      decideApplicants(app, context, number, registrations, decision, reason),
  }
}

function gradeAs(passed: boolean): Word {
  return {
    takes: people,
    run: ({ number, registrations }, app, context) => grade(app, context, number, registrations, passed),
  }
}
