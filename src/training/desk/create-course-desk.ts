import type { CourseDesk } from '../training-desk.ts'
import { createCopyCourse } from './copy-course.ts'
import type { CourseDeskDeps } from './course-desk-deps.ts'
import { createCreateCourse } from './create-course.ts'
import { createEditCourse } from './edit-course.ts'
import { createListCourses } from './list-courses.ts'
import { createMoveCourse } from './move-course.ts'
import { createReadCourse } from './read-course.ts'
import { createRemoveCourse } from './remove-course.ts'

/** Makes the desk. */
export function createCourseDesk(deps: CourseDeskDeps): CourseDesk {
  return {
    list: createListCourses(deps),
    read: createReadCourse(deps),
    create: createCreateCourse(deps),
    edit: createEditCourse(deps),
    copy: createCopyCourse(deps),
    move: createMoveCourse(deps),
    remove: createRemoveCourse(deps),
  }
}
