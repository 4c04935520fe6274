// Ticks all boxes of the queue at once and counts what is ticked, takes one press for one, and hears the keys of a product's page where an officer has switched them on. Without it the pages work too.
const boxesOf = (form) => [...form.querySelectorAll('input[name^="pilih."]')]

const tell = (form) => {
  const all = form.querySelector('[data-all]')
  const count = form.querySelector('[data-count]')
  if (all === null) return
  const boxes = boxesOf(form)
  const ticked = boxes.filter((box) => box.checked).length
  all.checked = ticked === boxes.length
  all.indeterminate = ticked > 0 && ticked < boxes.length
  count.textContent = ticked === 0 ? '' : count.dataset.count.replace('{{count}}', ticked)
}

// The queue takes the place of itself after a press.
const ready = () => {
  for (const form of document.querySelectorAll('form.picks')) {
    form.querySelector('[data-all-link]').hidden = true
    form.querySelector('[data-all]').closest('label').hidden = false
    tell(form)
  }
}

document.addEventListener('change', ({ target }) => {
  const form = target.closest('form.picks')
  if (form === null) return
  if (target.matches('[data-all]')) for (const box of boxesOf(form)) box.checked = target.checked
  tell(form)
})

let isSending = false
document.addEventListener('submit', (event) => {
  if (event.target.matches('.picks')) return
  if (isSending) event.preventDefault()
  isSending = true
  setTimeout(() => {
    isSending = false
  }, 5000)
})

window.addEventListener('pageshow', () => {
  isSending = false
  ready()
})
const queue = document.getElementById('antrean')
if (queue !== null) new MutationObserver(ready).observe(queue, { childList: true })
ready()

// Single letters: only where somebody wants them, and never while they write.
const switchPart = document.querySelector('[data-keys]')
const keysOn = switchPart?.querySelector('[data-keys-on]')
const kept = 'lopo-umkm-keys'
if (switchPart) {
  switchPart.hidden = false
  keysOn.checked = localStorage.getItem(kept) === 'on'
  keysOn.addEventListener('change', () => localStorage.setItem(kept, keysOn.checked ? 'on' : 'off'))
}

document.addEventListener('keydown', (event) => {
  if (!keysOn?.checked || event.ctrlKey || event.altKey || event.metaKey) return
  const isWriting = event.target.matches('textarea, select, input:not([type="radio"], [type="checkbox"])')
  if (isWriting) return
  const open = document.querySelector('.decide-product details[open]')
  const place = /\d/.test(event.key) ? open : document
  const found = place?.querySelector(`[data-key="${event.key.toLowerCase()}"]`)
  if (!found) return
  event.preventDefault()
  found.click()
  if (found.matches('summary')) found.parentElement.querySelector('input[type="radio"], textarea')?.focus()
  else found.focus()
})
