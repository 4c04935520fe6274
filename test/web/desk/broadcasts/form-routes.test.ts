import { beforeEach, describe, expect, it } from 'vitest'
import type { BroadcastPlan } from '../../../../src/broadcast/broadcast.ts'
import type { PlanProblem } from '../../../../src/broadcast/broadcast-desk.ts'
import { fill } from '../../../../src/language/fill-text.ts'
import { formRoutes } from '../../../../src/web/desk/broadcasts/form-routes.ts'
import { writeForm } from '../../../../src/web/desk/broadcasts/write-form.ts'
import { deskOrigin } from '../../../support/desk-world.ts'
import { soundPlan } from '../../../support/fake-broadcast-desk.ts'
import { type BroadcastPagesWorld, createBroadcastPages } from './broadcast-pages-world.ts'

let world: BroadcastPagesWorld
beforeEach(() => {
  world = createBroadcastPages()
})

const texts = () => world.deps.texts
const body = async (answer: Response | Promise<Response>) => (await answer).text()
const planOf = (act: string) =>
  world.desk.calls.findLast((call) => call.act === act)?.with.find((given) => typeof given === 'object')

/** Everything that the form has. */
const richPlan: BroadcastPlan = {
  ...soundPlan,
  buttons: [
    { label: 'Daftar', words: 'daftar 12' },
    { label: 'Menu', words: 'menu' },
  ],
  audience: {
    topics: ['training/menjahit', 'umkm'],
    places: ['53.71.01', '53.71.04.1001'],
    course: { number: 12, states: ['registered', 'reserve'] },
    channels: ['telegram'],
    language: 'kupang',
    without: { broadcasts: [4], course: 11 },
  },
  posts: ['telegram'],
  source: { type: 'course', number: 12 },
  scheduledAt: new Date('2026-03-06T01:00:00Z'),
  expiresAt: new Date('2026-03-07T04:30:00Z'),
}
const fields = writeForm(richPlan)

const jpeg = (size: number) => new Uint8Array(size).fill(1).map((byte, at) => [0xff, 0xd8, 0xff][at] ?? byte)

/** Posts the form with a file, as a browser does. */
async function send(
  file: { name: string; bytes: Uint8Array<ArrayBuffer> },
  more: Record<string, string> = {},
) {
  const { cookie } = world.signedIn('pelatihan')
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...writeForm(soundPlan), ...more })) form.set(name, value)
  form.set('file', new File([file.bytes], file.name))
  return world.request(`/desk/siaran/baru?csrf=${await world.csrfOf(cookie)}`, {
    method: 'POST',
    body: form,
    headers: { host: 'lopo.example', origin: deskOrigin, 'sec-fetch-site': 'same-origin', cookie },
  })
}

describe(formRoutes.name, () => {
  it('saves a broadcast as it was written, and goes to its page', async () => {
    const done = await world.press('/siaran/baru', fields)
    expect([done.status, done.headers.get('location')]).toEqual([303, '/desk/siaran/1'])
    expect(planOf('create')).toEqual(richPlan)
  })

  it('keeps every value when something is wrong, and says at each place what to do', async () => {
    const written = {
      ...fields,
      ...{ title: '', text: 'Datang ke {{tempat}} & "sini" <b>', 'schedule.time': 'pagi' },
      ...{ 'buttons.1.words': 'xyz' },
    }
    const answer = await world.press('/siaran/baru', written)
    const page = await answer.text()
    expect([answer.status, world.desk.broadcasts.size]).toEqual([422, 0])
    for (const at of ['title', 'text', 'buttons.1.words', 'schedule.time']) {
      expect(page, at).toContain(`id="${at}-error"`)
      expect(page, at).toContain(`<a href="#${at}">`)
    }
    expect(page).toContain(fill(texts().form.summary, { count: 4 }))
    expect(page).toContain('>Datang ke {{tempat}} &amp; &quot;sini&quot; &lt;b&gt;</textarea>')
    expect(page).toContain('value="pagi"')
    expect(page).toMatch(/name="places\.53\.71\.01" value="ya" checked/)
    expect(page).toMatch(/name="states\.reserve" value="ya" checked/)
    expect(page).toContain('<option value="12" selected>')
    expect(page).toContain('<option value="kupang" selected>')
  })

  it('has a place and a sentence for whatever may be wrong', async () => {
    const places: readonly (readonly [string, string])[] = [
      ['title', 'title'],
      ['text', 'text'],
      ['buttons.0.label', 'buttons.0.label'],
      ['buttons.1.words', 'buttons.1.words'],
      ['audience.topics.0', 'topics'],
      ['audience.places.1', 'places'],
      ['audience.course.number', 'course'],
      ['audience.course.states', 'states'],
      ['audience.without.broadcasts.0', 'without'],
      ['audience.without.course', 'withoutCourse'],
      ['scheduledAt', 'schedule.date'],
      ['expiresAt', 'expires.date'],
      ['posts.0', 'posts'],
    ]
    world.desk.put()
    const problems = places.map(([at]): PlanProblem => ({ at, what: 'wrong' }))
    world.desk.next = { type: 'problems', problems }
    const page = await body(world.press('/siaran/1/ubah', { ...fields, version: '0' }))
    for (const [, id] of places) {
      expect(page, id).toContain(`<a href="#${id}">`)
      expect(page, id).toContain(` id="${id}"`)
      expect(page, id).toContain(` id="${id}-error"`)
    }
  })

  it('finds the row of a button that stands behind an empty one', async () => {
    const page = await body(
      world.press('/siaran/baru', {
        ...writeForm({ ...soundPlan, buttons: [] }),
        'buttons.2.label': 'Ikut',
        'buttons.2.words': 'xyz',
      }),
    )
    expect(page).toContain('id="buttons.2.words-error"')
  })

  it('has every problem of a plan in words, with what it names', async () => {
    const whats = ['unknown_variable', 'opens_nothing', 'unknown_topic', 'unknown_place'] as const
    for (const what of whats) {
      world.desk.put({ number: 1 })
      world.desk.next = { type: 'problems', problems: [{ at: 'text', what, detail: 'anu-anu' }] }
      const page = await body(world.press('/siaran/1/ubah', { ...fields, version: '0' }))
      expect(page, what).toMatch(/id="text-error">[^<]*anu-anu/)
    }
    world.desk.next = { type: 'problems', problems: [{ at: 'scheduledAt', what: 'quiet_hours' }] }
    const page = await body(world.press('/siaran/1/ubah', { ...fields, version: '0' }))
    expect(page).toContain('antara 07.00 dan 21.00')
  })

  it('shows one that is changed, saves it under the version that was seen, and keeps it when a colleague was quicker', async () => {
    world.desk.put({ ...richPlan, version: 4 })
    const page = await body(world.open('/siaran/1/ubah'))
    expect(page).toContain('name="version" value="4"')
    expect(page).toContain('value="Pelatihan menjahit"')
    const late = await world.press('/siaran/1/ubah', { ...fields, version: '3', title: 'Judul lain' })
    const kept = await late.text()
    expect([late.status, kept.includes(texts().refused.moved_form)]).toEqual([409, true])
    expect(kept).toContain('value="Judul lain"')
    expect(kept).toContain('name="version" value="4"')
    const done = await world.press('/siaran/1/ubah', { ...fields, version: '4', title: 'Judul lain' })
    expect(done.headers.get('location')).toBe('/desk/siaran/1')
    expect(world.desk.broadcasts.get(1)?.title).toBe('Judul lain')
  })

  it('warns that a proposal is taken back by a change', async () => {
    world.desk.put({ state: 'proposed' })
    expect(await body(world.open('/siaran/1/ubah'))).toContain(texts().form.edit_proposed)
  })

  it('does not open one that is approved, and makes a new one of what was typed when it was deleted', async () => {
    world.desk.put({ state: 'sending' })
    expect((await world.open('/siaran/1/ubah')).headers.get('location')).toBe('/desk/siaran/1')
    const late = await world.press('/siaran/1/ubah', { ...fields, version: '0' })
    expect([late.status, await late.text()]).toEqual([409, expect.stringContaining('Sedang dikirim')])
    const gone = await world.press('/siaran/77/ubah', { ...fields, version: '1' })
    const page = await gone.text()
    expect([gone.status, page.includes(texts().refused.deleted)]).toEqual([409, true])
    expect(page).toContain('action="/desk/siaran/baru?csrf=')
  })

  it('begins with what a course gives, or with a copy of another without its times', async () => {
    world.desk.draft = { ...soundPlan, title: 'Pelatihan 12', source: { type: 'course', number: 12 } }
    const course = await body(world.open('/siaran/baru?pelatihan=12'))
    expect(course).toContain('value="Pelatihan 12"')
    expect(course).toContain('name="source" value="course.12"')
    expect(world.desk.calls.at(-1)).toMatchObject({ act: 'draftFrom', with: ['u-pelatihan', { number: 12 }] })
    world.desk.put({ ...richPlan, title: 'Yang dulu' })
    const copy = await body(world.open('/siaran/baru?dari=1'))
    expect(copy).toContain('value="Yang dulu"')
    expect(copy).not.toContain('value="2026-03-06"')
  })

  it('says that a course or a broadcast is not there, over an empty form', async () => {
    for (const query of ['pelatihan=99', 'dari=99', 'dari=x']) {
      const answer = await world.open(`/siaran/baru?${query}`)
      expect([answer.status, await answer.text()], query).toEqual([
        404,
        expect.stringContaining('role="alert"'),
      ])
    }
  })

  it('takes a picture by its content, and keeps it through an error elsewhere', async () => {
    const answer = await send({ name: 'foto.jpg', bytes: jpeg(2_000) }, { title: '' })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    const [id = ''] = world.files.keys()
    expect(page).toContain(`name="media" value="${id}"`)
    expect(page).toContain('foto.jpg')
    const done = await world.press('/siaran/baru', { ...writeForm(soundPlan), media: id })
    expect(done.status).toBe(303)
    expect(planOf('create')).toMatchObject({ media: { id, type: 'photo', mime: 'image/jpeg' } })
  })

  it('refuses what is another kind than it calls itself, too large, or too much, and keeps the rest', async () => {
    const pdf = (size: number) => {
      const bytes = new Uint8Array(size)
      bytes.set(new TextEncoder().encode('%PDF-1.7'))
      return bytes
    }
    const { problems } = texts()
    const megabyte = 1024 ** 2
    const tries = [
      ['foto.jpg', new TextEncoder().encode('<svg></svg>'), problems.file_kind],
      ['foto.jpg', jpeg(5 * megabyte + 1), problems.file_large],
      ['surat.pdf', pdf(10 * megabyte + 1), problems.file_large],
    ] as const
    for (const [name, bytes, sentence] of tries) {
      const answer = await send({ name, bytes: new Uint8Array(bytes) })
      const page = await answer.text()
      expect([answer.status, page.includes(sentence)], sentence).toEqual([422, true])
      expect(page).toContain('value="Pelatihan menjahit"')
    }
    expect(world.files.size).toBe(0)
    expect((await send({ name: 'surat.pdf', bytes: pdf(9 * megabyte) })).status).toBe(303)
    world.full = true
    expect(await body(send({ name: 'foto.jpg', bytes: jpeg(10) }))).toContain(problems.file_full)
  })

  it('believes no id of a file that is not one of a broadcast', async () => {
    const answer = await world.press('/siaran/baru', { ...writeForm(soundPlan), media: 'of-a-resident' })
    const page = await answer.text()
    expect([answer.status, page.includes(texts().problems.file_gone)]).toEqual([422, true])
    expect((await world.open('/siaran/berkas/of-a-resident')).status).toBe(404)
  })

  it('sends a picture to be seen, in a way that can run nothing', async () => {
    await send({ name: 'foto.jpg', bytes: jpeg(200) })
    const [id = ''] = world.files.keys()
    const answer = await world.open(`/siaran/berkas/${id}`)
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  })

  it('puts a variable at the end of the text without JavaScript', async () => {
    const page = await body(
      world.press('/siaran/baru', { ...fields, text: 'Halo', step: 'insert.kelurahan' }),
    )
    expect(page).toContain('>Halo {{kelurahan}}</textarea>')
    expect(world.desk.broadcasts.size).toBe(0)
  })

  it('counts whom it reaches without saving anything, and asks for a topic first', async () => {
    const page = await body(world.press('/siaran/baru', { ...fields, step: 'count' }))
    expect(page).toContain(fill(texts().audience.total, { count: '120' }))
    expect(planOf('count')).toEqual(richPlan.audience)
    const none = await world.press('/siaran/baru', {
      ...writeForm(soundPlan),
      'topics.training/menjahit': '',
      step: 'count',
    })
    expect([none.status, await none.text()]).toEqual([
      422,
      expect.stringContaining(texts().problems_at.topics?.missing ?? '?'),
    ])
  })

  it('keeps an audience under a name, takes it again, and lets go of it', async () => {
    const saved = await body(
      world.press('/siaran/baru', { ...fields, step: 'saveAudience', audienceName: 'Peminat jahit' }),
    )
    expect(saved).toContain('Peminat jahit')
    const twice = await world.press('/siaran/baru', {
      ...fields,
      step: 'saveAudience',
      audienceName: 'Peminat jahit',
    })
    expect([twice.status, await twice.text()]).toEqual([422, expect.stringContaining(texts().problems.name)])
    const [one] = await world.desk.audiences()
    const used = await body(
      world.press('/siaran/baru', {
        title: 'Baru',
        'topics.assistance': 'ya',
        step: 'useAudience',
        saved: String(one?.id),
      }),
    )
    expect(used).toMatch(/name="topics\.training\/menjahit" value="ya" checked/)
    expect(used).not.toMatch(/name="topics\.assistance" value="ya" checked/)
    expect(used).toContain('value="Baru"')
    await world.press('/siaran/baru', { ...fields, step: 'removeAudience', saved: String(one?.id) })
    expect(await world.desk.audiences()).toEqual([])
  })

  it('warns that it ends before all are told, and writes the end that it proposes', async () => {
    world.desk.reach = 8214
    const open = { ...writeForm(soundPlan), step: 'count' }
    const page = await body(world.press('/siaran/baru', open))
    expect(page).toContain(
      'Perlu sekitar 23 hari. Tanpa batas sendiri, yang belum terkirim sampai Senin, 30 Maret 2026 pukul 09.30 WITA',
    )
    const step = /name="step" value="(end\.[^"]+)"/.exec(page)?.[1] ?? ''
    expect(step).toBe('end.2026-03-28.21.00')
    const taken = await body(world.press('/siaran/baru', { ...open, step }))
    expect(taken).toMatch(/name="expires\.date" type="date" value="2026-03-28"|value="2026-03-28"/)
    expect(taken).toContain('value="21.00"')
    expect(world.desk.broadcasts.size).toBe(0)
    const early = { 'expires.date': '2026-03-08', 'expires.time': '9' }
    const short = await body(world.press('/siaran/baru', { ...open, ...early }))
    expect(short).toContain('Perlu sekitar 23 hari, tetapi batasnya Minggu, 8 Maret 2026 pukul 09.00 WITA')
    expect(short).toContain(`value="${step}"`)
    const end = { 'expires.date': '2026-03-28', 'expires.time': '21.00' }
    expect(await body(world.press('/siaran/baru', { ...open, ...end }))).not.toContain('value="end.')
    const { cookie } = world.signedIn('pelatihan')
    const csrf = await world.csrfOf(cookie)
    const part = await body(world.post('/desk/siaran/hitung', { ...open, csrf, number: '7' }, cookie))
    expect(part).toContain('value="end.2026-03-28.21.00" formaction="/desk/siaran/7/ubah?')
    // What is no end is no button.
    expect((await world.press('/siaran/baru', { ...fields, step: 'end.2026-13-41.21.00' })).status).toBe(303)
  })

  it('shows how the public post looks while the form is filled in', async () => {
    const { cookie } = world.signedIn('pelatihan')
    const csrf = await world.csrfOf(cookie)
    const shown = await body(world.post('/desk/siaran/pratinjau', { ...fields, csrf }, cookie))
    expect(shown).toContain(fill(texts().preview.post, { channel: 'Telegram' }))
    const half = { ...fields, csrf, 'buttons.1.words': '' }
    expect(await body(world.post('/desk/siaran/pratinjau', half, cookie))).not.toContain('Menu:')
    const chats = { ...fields, csrf, 'posts.telegram': '' }
    expect(await body(world.post('/desk/siaran/pratinjau', chats, cookie))).not.toContain('t.me')
  })

  it('offers the topics of the own office, and what is ticked of others so that it can be taken away', async () => {
    const named = (page: string) =>
      [...page.matchAll(/name="topics\.([^"]+)"/g)].map(([, code]) => code).sort()
    const trainings = ['training/barista', 'training/las', 'training/menjahit']
    expect(named(await body(world.open('/siaran/baru', 'pelatihan')))).toEqual(trainings)
    expect(named(await body(world.open('/siaran/baru', 'umkm')))).toEqual(['umkm'])
    expect(named(await body(world.open('/siaran/baru', 'penyetuju')))).toHaveLength(5)
    world.desk.put({ audience: { ...soundPlan.audience, topics: ['assistance'] } })
    const page = await body(world.open('/siaran/1/ubah', 'pelatihan'))
    expect(named(page)).toEqual(['assistance', ...trainings])
    expect(page).toMatch(/name="topics\.assistance" value="ya" checked/)
    expect(page).toContain('Jadwal bantuan sosial')
    world.desk.next = {
      type: 'problems',
      problems: [{ at: 'audience.topics', what: 'not_your_topic', detail: 'Jadwal bantuan sosial' }],
    }
    const refused = await body(world.press('/siaran/1/ubah', { ...fields, version: '0' }))
    expect(refused).toMatch(/id="topics-error">[^<]*Jadwal bantuan sosial[^<]*kantor lain/)
  })

  it('presses save when Enter is pressed: it is the first button of the form', async () => {
    const page = await body(world.open('/siaran/baru'))
    const form = page.slice(page.indexOf('action="/desk/siaran/baru'))
    expect(/<button[^>]*>/.exec(form)?.[0]).toContain('value="save"')
  })
})
