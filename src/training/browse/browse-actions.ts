import type { Action } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import { trainingContracts as contracts } from '../training-contracts.ts'
import { answerAboutCourse } from './answer-about-course.ts'
import { beginRegistration } from './begin-registration.ts'
import type { BrowseDeps } from './browse-deps.ts'
import { keepAnswer, nextQuestion } from './course-questions.ts'
import { findCourses } from './find-courses.ts'
import { listCourses, listGrounds } from './list-courses.ts'
import { showCourse } from './show-course.ts'

type BrowseActions = Record<
  | 'list_courses'
  | 'list_grounds'
  | 'find_courses'
  | 'show_course'
  | 'answer_about_course'
  | 'begin_registration'
  | 'next_question'
  | 'keep_answer',
  Action<Transaction>
>

/** How residents find courses, and what a course asks of them. */
export function createBrowseActions(deps: BrowseDeps): BrowseActions {
  return { ...lookingActions(deps), ...askingActions(deps) }
}

function lookingActions(
  deps: BrowseDeps,
): Pick<
  BrowseActions,
  'list_courses' | 'list_grounds' | 'find_courses' | 'show_course' | 'answer_about_course'
> {
  return {
    list_courses: {
      contract: contracts.list_courses,
      run: (input, context) => listCourses(deps, context, contracts.list_courses.inputs.parse(input)),
    },
    list_grounds: {
      contract: contracts.list_grounds,
      run: (input, context) => listGrounds(deps, context, contracts.list_grounds.inputs.parse(input).by),
    },
    find_courses: {
      contract: contracts.find_courses,
      run: (input, context) => findCourses(deps, context, contracts.find_courses.inputs.parse(input).words),
    },
    show_course: {
      contract: contracts.show_course,
      run: (input, context) => showCourse(deps, context, contracts.show_course.inputs.parse(input).course_id),
    },
    answer_about_course: {
      contract: contracts.answer_about_course,
      run: (input, context) =>
        answerAboutCourse(deps, context, contracts.answer_about_course.inputs.parse(input)),
    },
  }
}

function askingActions(
  deps: BrowseDeps,
): Pick<BrowseActions, 'begin_registration' | 'next_question' | 'keep_answer'> {
  return {
    begin_registration: {
      contract: contracts.begin_registration,
      run: (input, context) =>
        beginRegistration(deps, context, contracts.begin_registration.inputs.parse(input).course_id),
    },
    next_question: {
      contract: contracts.next_question,
      run: (input, context) => nextQuestion(deps, context, contracts.next_question.inputs.parse(input)),
    },
    keep_answer: {
      contract: contracts.keep_answer,
      run: (input, context) => keepAnswer(deps, context, contracts.keep_answer.inputs.parse(input)),
    },
  }
}
