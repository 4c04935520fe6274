// The chat page's script. The page works without it, as plain forms; with it, messages come and go without a reload.
// Lines are drawn as src/web/chat/chat-entry.ts draws them.
;(() => {
  const log = document.getElementById('log')
  if (!log || !window.EventSource || !window.fetch || !window.URL) return
  const latest = document.getElementById('latest')
  const state = document.getElementById('state')
  const composer = document.getElementById('composer')
  const field = document.getElementById('text')
  const photoForm = document.getElementById('photo-form')
  const words = JSON.parse(log.dataset.words)
  const clock = new Intl.DateTimeFormat('id-ID', {
    timeZone: 'Asia/Makassar',
    hour: '2-digit',
    minute: '2-digit',
  })
  const FIRST_WAIT = 2000
  const LONGEST_WAIT = 30000

  // ── Drawing ──

  const make = (tag, className, text) => {
    const node = document.createElement(tag)
    if (className) node.className = className
    if (text !== undefined) node.textContent = text
    return node
  }

  const linked = ({ text, from: sender }) => {
    const node = make('p', 'text')
    let from = 0
    for (const match of text.matchAll(/^(https?:\/\/[\w.:-]+\/cek\/[\w-]{43})$|https?:\/\/[^\s<>"']+/gm)) {
      const href = match[0].replace(/[.,;:!?)\]]+$/, '')
      const isButton = match[1] && sender === 'bot'
      const link = make('a', isButton ? 'button' : '', isButton ? words.private_page : href)
      link.href = href
      link.rel = 'noopener noreferrer'
      node.append(text.slice(from, match.index), link)
      from = match.index + href.length
    }
    node.append(text.slice(from))
    return node
  }

  const medium = (entry, media) => {
    if (entry.from === 'person') return make('p', 'sent-photo', words.photo_sent)
    const link = make('a', '', media.type === 'photo' ? undefined : media.name || words.file_of_bot)
    link.href = `/chat/media/${encodeURIComponent(media.id)}`
    if (media.type === 'photo') {
      const image = make('img')
      image.alt = words.photo_of_bot
      image.onload = toEnd
      image.src = link.href
      link.append(image)
    } else link.download = ''
    return link
  }

  const optionsOf = (entry) => {
    const form = make('form', 'options')
    for (const { number, label, value } of entry.options) {
      const button = make('button')
      button.name = 'choice'
      button.value = value
      if (number) button.append(make('span', 'number', number), ' ')
      button.append(make('span', '', label))
      form.append(button)
    }
    return form
  }

  let atEnd = true

  const toEnd = () => {
    log.scrollTop = log.scrollHeight
    atEnd = true
  }

  log.addEventListener('scroll', () => {
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 120
  })

  const quietenPast = () => {
    const forms = log.querySelectorAll('.entry .options')
    const last = log.querySelector('.entry:last-of-type')
    for (const form of forms) form.classList.toggle('past', !last.contains(form))
  }

  const draw = (entry) => {
    if (log.querySelector(`[data-id="${CSS.escape(entry.id)}"]`)) return
    const follow = atEnd || entry.from === 'person'
    const node = make('div', `entry ${entry.from}`)
    node.dataset.id = entry.id
    const bubble = make('div', 'bubble')
    bubble.append(make('span', 'who', `${entry.from === 'bot' ? words.bot_says : words.you_say} `))
    if (entry.text) bubble.append(linked(entry))
    for (const media of entry.media) bubble.append(medium(entry, media))
    const time = make('time', '', clock.format(new Date(entry.at)))
    time.dateTime = entry.at
    bubble.append(time)
    node.append(bubble)
    if (entry.options.length > 0) node.append(optionsOf(entry))
    log.classList.add('live')
    log.insertBefore(node, latest)
    quietenPast()
    if (follow) toEnd()
    return node
  }

  // ── Receiving ──

  let source
  let lastSeen = [...log.querySelectorAll('.entry.bot')].map((node) => node.dataset.id).pop()
  let wait = FIRST_WAIT
  let wasLost = false

  const tell = (text) => {
    state.textContent = text
    state.hidden = text === ''
  }

  const connect = () => {
    source = new EventSource(`/chat/events${lastSeen ? `?after=${encodeURIComponent(lastSeen)}` : ''}`)
    source.onopen = () => {
      wait = FIRST_WAIT
      tell('')
      if (wasLost) hurry()
      wasLost = false
    }
    source.onmessage = (event) => {
      if (event.lastEventId) lastSeen = event.lastEventId
      draw(JSON.parse(event.data))
    }
    source.onerror = () => {
      wasLost = true
      tell(words.lost)
      // The browser tries again by itself when the line broke, but not when the server answered with an error.
      if (source.readyState !== EventSource.CLOSED) return
      setTimeout(connect, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT)
    }
  }

  // ── Sending: one after another, each until it is taken, always with its own id ──

  const unsent = []
  let sending = false
  let retry

  const newId = () => {
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte, at) =>
      (at === 6 ? (byte & 15) | 64 : at === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, '0'),
    )
    return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }

  const fate = (node, text, failed) => {
    const old = node.querySelector('.fate')
    if (old) old.remove()
    if (text) node.querySelector('.bubble').append(make('span', failed ? 'fate failed' : 'fate', text))
  }

  const pump = async () => {
    if (sending || unsent.length === 0) return
    sending = true
    clearTimeout(retry)
    const { node, url, init } = unsent[0]
    fate(node, words.sending)
    let again = 3
    try {
      const answer = await fetch(url, init)
      const later = answer.status === 429 || answer.status >= 500
      if (!later) {
        unsent.shift()
        again = 0
        const why = answer.ok ? '' : (await answer.json().catch(() => ({}))).message || ''
        fate(node, answer.ok ? '' : `${words.failed} ${why}`, true)
      } else again = Number(answer.headers.get('retry-after')) || again
    } catch {
      // No line: the same message goes out again, with the same id.
    }
    sending = false
    if (again === 0) return pump()
    fate(node, words.waiting)
    retry = setTimeout(pump, again * 1000)
  }

  const hurry = () => {
    clearTimeout(retry)
    pump()
  }

  const send = (shown, url, init) => {
    const greeting = log.querySelector('.greeting')
    const node = draw({
      from: 'person',
      text: '',
      options: [],
      media: [],
      at: new Date().toISOString(),
      ...shown,
    })
    if (greeting) {
      if (greeting.contains(document.activeElement)) log.focus()
      greeting.remove()
    }
    unsent.push({
      node,
      url,
      init: { method: 'POST', ...init, headers: { Accept: 'application/json', ...init.headers } },
    })
    pump()
  }

  const say = (message, text) => {
    const id = newId()
    const body = JSON.stringify({ id, ...message })
    send({ id, text }, '/chat/messages', { body, headers: { 'Content-Type': 'application/json' } })
  }

  /** A smaller picture costs the sender less, and loses the place it was taken at. */
  const shrink = async (file) => {
    try {
      const bitmap = await createImageBitmap(file)
      const scale = Math.min(1, 1600 / Math.max(bitmap.width, bitmap.height))
      const canvas = make('canvas')
      canvas.width = bitmap.width * scale
      canvas.height = bitmap.height * scale
      canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height)
      return await new Promise((resolve) =>
        canvas.toBlob((blob) => resolve(blob || file), 'image/jpeg', 0.82),
      )
    } catch {
      return file
    }
  }

  const grow = () => {
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight + 3}px`
  }

  composer.addEventListener('submit', (event) => {
    event.preventDefault()
    const text = field.value
    if (text.trim() === '') return field.focus()
    field.value = ''
    grow()
    field.focus()
    say({ text }, text)
  })

  field.addEventListener('input', grow)
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    composer.querySelector('.send').click()
  })

  log.addEventListener('click', (event) => {
    const button = event.target.closest('.options button')
    if (!button) return
    event.preventDefault()
    const label = button.lastElementChild.textContent
    if (button.name === 'text') say({ text: button.value }, label)
    else say({ choice: button.value, label }, label)
  })

  photoForm.addEventListener('submit', async (event) => {
    event.preventDefault()
    const input = photoForm.elements.photo
    const file = input.files[0]
    if (!file) return
    photoForm.closest('details').open = false
    const body = new FormData()
    const id = newId()
    body.append('id', id)
    body.append('photo', await shrink(file), 'photo.jpg')
    photoForm.reset()
    send({ id, media: [{}] }, '/chat/media', { body })
    photoForm.previousElementSibling.focus()
  })

  document.getElementById('leave').addEventListener('submit', (event) => {
    if (!confirm(words.leave_sure)) event.preventDefault()
  })

  window.addEventListener('online', hurry)
  window.addEventListener('pagehide', () => source.close())
  window.addEventListener('pageshow', (event) => event.persisted && connect())

  // A keyboard that comes up must not cover what was just read.
  if (window.ResizeObserver) new ResizeObserver(() => atEnd && toEnd()).observe(log)

  quietenPast()
  toEnd()
  connect()
  // On a phone the keyboard would cover what there is to read.
  if (matchMedia('(hover: hover)').matches) field.focus({ preventScroll: true })
})()
