import { beforeEach, describe, expect, it } from 'vitest'
import { fill } from '../../../../src/language/fill-text.ts'
import type { CoursePlan } from '../../../../src/training/course.ts'
import { formRoutes } from '../../../../src/web/desk/trainings/form-routes.ts'
import { writeForm } from '../../../../src/web/desk/trainings/write-form.ts'
import { createMemoryTrainingWorld, type MemoryTrainingWorld } from './memory-training-world.ts'
import { march, richPlan } from './plans.ts'

let world: MemoryTrainingWorld
beforeEach(() => {
  world = createMemoryTrainingWorld()
})

const texts = () => world.ground.texts
const fields = writeForm(richPlan)
const plan = () =>
  world.desk.deeds.at(-1)!.with.find((given): given is CoursePlan => typeof given === 'object')
/** What stands in the inputs of a page, as a browser would send it again. */
function standing(page: string): Record<string, string> {
  const unescaped = (text: string) =>
    text
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  const form = page.slice(page.indexOf('<div class="course-form"'))
  const found: Record<string, string> = {}
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const [, name] = / name="([^"]*)"/.exec(input) ?? []
    const isLeftOut = /type="(checkbox|radio)"/.test(input) && !input.includes(' checked')
    if (name !== undefined && !isLeftOut) found[name] = unescaped(/ value="([^"]*)"/.exec(input)?.[1] ?? '')
  }
  for (const [, name = '', text = ''] of form.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)</g))
    found[name] = unescaped(text)
  for (const [, name = '', options = ''] of form.matchAll(
    /<select[^>]* name="([^"]*)"[^>]*>(.*?)<\/select>/gs,
  )) {
    found[name] = unescaped(
      /value="([^"]*)" selected/.exec(options)?.[1] ?? /value="([^"]*)"/.exec(options)?.[1] ?? '',
    )
  }
  return found
}

describe(formRoutes.name, () => {
  it('offers an empty form whose proposals are of the file of words', async () => {
    const page = await world.open('/pelatihan/baru')
    expect(page.status).toBe(200)
    const { defaults } = texts()
    expect(standing(await page.text())).toMatchObject({
      ...{ title: '', subject: '', 'sessions.0.date': '', 'sessions.0.from': defaults.session_from },
      ...{ minAttendance: defaults.min_attendance, exclusive: 'ya', selection: defaults.selection },
    })
  })

  it('saves a course as it was written, and goes to its page', async () => {
    const done = await world.press('/pelatihan/baru', fields)
    expect([done.status, done.headers.get('location')]).toEqual([303, '/desk/pelatihan/1'])
    expect(plan()).toEqual(richPlan)
  })

  it('keeps every value when something is wrong, and says at each place what to do', async () => {
    const written = {
      ...fields,
      ...{ title: '', description: 'Pola "rok" & <b>', 'sessions.0.from': 'pagi', 'quotas.0.seats': '99' },
    }
    const answer = await world.press('/pelatihan/baru', written)
    const page = await answer.text()
    expect([answer.status, world.desk.views.size]).toEqual([422, 0])
    expect(standing(page)).toMatchObject(written)
    for (const at of ['title', 'sessions.0.from', 'quotas.0.seats']) {
      expect(page, at).toMatch(new RegExp(`id="${at}-error"`))
      expect(page, at).toContain(`<a href="#${at}">`)
    }
    expect(page).toContain(fill(texts().form.summary, { count: 3 }))
    expect(page.indexOf('href="#title"')).toBeLessThan(page.indexOf('href="#sessions.0.from"'))
  })

  it('asks once for what cannot be read, and not for what follows from it', async () => {
    const page = await (
      await world.press('/pelatihan/baru', { ...fields, 'opensAt.date': '', 'sessions.0.date': '' })
    ).text()
    const places = [...page.matchAll(/<li><a href="#([^"]+)">[^<]*: /g)].map(([, at]) => at)
    expect(places).toEqual(['sessions.0.date', 'opensAt.date'])
  })

  it('opens what is folded where something in it is wrong', async () => {
    const page = await (
      await world.press('/pelatihan/baru', { ...fields, 'sessions.1.title': 'x'.repeat(90) })
    ).text()
    expect(page).toContain('id="sessions.1.date-error"')
    expect(page.match(/<details class="aside" open>/g)).toHaveLength(2)
  })

  it('gives the form back with one more row, everything else as it was', async () => {
    const { form } = texts()
    const answer = await world.press('/pelatihan/baru', { ...fields, step: 'add.sessions' })
    const page = await answer.text()
    expect([answer.status, world.desk.deeds.length]).toEqual([200, 0])
    expect(standing(page)).toMatchObject({ ...fields, 'sessions.2.date': '', 'sessions.2.from': '08.00' })
    expect(page).toContain(fill(form.session, { number: 3 }))
    expect(page).toMatch(/id="sessions\.2"[^>]* autofocus/)
    expect(page).toContain('formaction="/desk/pelatihan/baru#sessions.3"')
  })

  it('takes a row away without losing its neighbours', async () => {
    const page = await (await world.press('/pelatihan/baru', { ...fields, step: 'remove.quotas.0' })).text()
    const left = standing(page)
    expect(left['quotas.0.by']).toBe('kecamatan')
    expect(left['quotas.0.values.53.71.04']).toBe('ya')
    expect(left['quotas.3.by']).toBeUndefined()
  })

  it('says what is missing of a schedule that comes again', async () => {
    const answer = await world.press('/pelatihan/baru', { ...fields, step: 'repeat' })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain('id="repeat.weekday-error"')
    expect(page).toContain('<details class="panel fold repeat" open>')
    expect(standing(page)).toMatchObject(fields)
  })

  it('shows a course to be changed, and saves it under the version that was seen', async () => {
    const { number } = world.desk.put({
      ...richPlan,
      sessions: richPlan.sessions.map((session, id) => ({ ...session, id: BigInt(id) })),
      version: 4,
    })
    const page = await (await world.open(`/pelatihan/${number}/ubah`)).text()
    const again = standing(page)
    expect(again).toMatchObject({ ...fields, version: '4' })
    const done = await world.press(`/pelatihan/${number}/ubah`, { ...again, place: 'Tempat lain' })
    expect(done.headers.get('location')).toBe(`/desk/pelatihan/${number}`)
    expect(world.desk.deeds.at(-1)).toMatchObject({
      act: 'edit',
      with: [number, { place: 'Tempat lain' }, 4],
    })
  })

  it('tells how many hear of the change', async () => {
    const { number } = world.desk.put({}, { seated: 7 })
    const again = standing(await (await world.open(`/pelatihan/${number}/ubah`)).text())
    const done = await world.press(`/pelatihan/${number}/ubah`, again)
    const { cookie } = world.signedIn('pelatihan')
    const flash = done.headers.get('set-cookie')?.split(';')[0] ?? ''
    const page = await (await world.get(`/desk/pelatihan/${number}`, `${cookie}; ${flash}`)).text()
    expect(page).toContain(fill(texts().done.edit_told, { told: 7 }))
  })

  it('keeps what was typed when a colleague was quicker, tells what differs, and saves it at the next press', async () => {
    const { number, version } = world.desk.put()
    const seen = standing(await (await world.open(`/pelatihan/${number}/ubah`)).text())
    const typed = { ...seen, title: 'Menjahit lanjutan' }
    await world.press(`/pelatihan/${number}/ubah`, { ...seen, place: 'Aula <baru>' })
    const answer = await world.press(`/pelatihan/${number}/ubah`, typed)
    const page = await answer.text()
    expect(answer.status).toBe(409)
    expect(page).toContain(texts().refused.moved)
    const { form, refused } = texts()
    expect(page).toContain(fill(refused.differs, { label: form.place, value: 'Aula &lt;baru&gt;' }))
    expect(page).toContain(fill(refused.differs, { label: form.title, value: 'Menjahit dasar' }))
    expect(page).not.toContain(fill(refused.differs, { label: form.contact, value: 'Bidang Pelatihan' }))
    expect(standing(page)).toMatchObject({ ...typed, version: String(version + 1) })
    const done = await world.press(`/pelatihan/${number}/ubah`, standing(page))
    expect(done.status).toBe(303)
    expect(world.desk.views.get(number)!.course.title).toBe('Menjahit lanjutan')
  })

  it('keeps the version that was seen while rows come and go, and while things are wrong', async () => {
    const { number } = world.desk.put({ version: 9 })
    const seen = (more: Readonly<Record<string, string>>) =>
      world.press(`/pelatihan/${number}/ubah`, { ...fields, ...more })
    const added = await seen({ version: '5', step: 'add.sessions' })
    expect(standing(await added.text()).version).toBe('5')
    const wrong = await seen({ version: '9', title: '' })
    expect([wrong.status, standing(await wrong.text()).version]).toEqual([422, '9'])
  })

  it('makes a new course of what was typed when a colleague deleted it', async () => {
    const answer = await world.press('/pelatihan/77/ubah', { ...fields, version: '1' })
    const page = await answer.text()
    expect(answer.status).toBe(409)
    expect(page).toContain(texts().refused.deleted)
    expect(page).toContain('action="/desk/pelatihan/baru"')
    expect((await world.press('/pelatihan/baru', standing(page))).status).toBe(303)
    expect(plan()).toEqual(richPlan)
  })

  it('tells what stood in a field that may no longer be changed', async () => {
    const { number } = world.desk.put()
    world.desk.next = { type: 'problems', problems: [{ code: 'fixed', field: 'title', details: {} }] }
    const page = await (
      await world.press(`/pelatihan/${number}/ubah`, { ...fields, version: '1', title: 'Lain' })
    ).text()
    expect(page).toMatch(/id="title-error">[^<]*Menjahit dasar/)
    expect(standing(page).title).toBe('Lain')
  })

  it('has a place for whatever may be wrong, which the summary leads to', async () => {
    const { number } = world.desk.put()
    const places = [...Object.keys(richPlan).filter((field) => !['opensAt', 'closesAt'].includes(field))]
    const problems = places.map((field) => ({ code: 'fixed', field, details: {} }) as const)
    world.desk.next = { type: 'problems', problems }
    const page = await (await world.press(`/pelatihan/${number}/ubah`, { ...fields, version: '1' })).text()
    for (const at of places) {
      expect(page, at).toContain(`<a href="#${at}">`)
      expect(page, at).toContain(` id="${at}"`)
      expect(page, at).toContain(` id="${at}-error"`)
    }
  })

  it('does not open a course that is over, and loses nothing when it ended meanwhile', async () => {
    const over = world.desk.put({ state: 'finished' })
    const turned = await world.open(`/pelatihan/${over.number}/ubah`)
    expect(turned.headers.get('location')).toBe(`/desk/pelatihan/${over.number}`)
    world.desk.next = { type: 'state' }
    const answer = await world.press(`/pelatihan/${over.number}/ubah`, { ...fields, version: '1' })
    expect(answer.status).toBe(409)
    expect(standing(await answer.text())).toMatchObject(fields)
  })

  it('says that there is no such course', async () => {
    for (const number of ['99', 'x', '1e3']) {
      const page = await world.open(`/pelatihan/${number}/ubah`)
      expect(page.status).toBe(404)
      expect(await page.text()).toContain(texts().refused.unknown.title)
    }
  })

  it('presses save when Enter is pressed: it is the first button of the form', async () => {
    const page = await (await world.open('/pelatihan/baru')).text()
    const form = page.slice(page.indexOf('action="/desk/pelatihan/baru"'))
    expect(/<button[^>]*>/.exec(form)?.[0]).toContain('value="save"')
  })

  it('takes a course of sixty meetings in one form', async () => {
    const sessions = Array.from({ length: 60 }, (_, at) => ({
      startsAt: new Date(march(23, '08:00').getTime() + at * 86_400_000),
      endsAt: new Date(march(23, '14:00').getTime() + at * 86_400_000),
      ...{
        title: `Pertemuan yang ke-${at + 1} tentang menjahit`,
        place: 'Balai Contoh yang panjang namanya, Jalan Contoh',
      },
    }))
    const done = await world.press('/pelatihan/baru', writeForm({ ...richPlan, sessions }))
    expect(done.status).toBe(303)
    expect(plan()?.sessions).toEqual(sessions)
  })
})
