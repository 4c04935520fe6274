// Takes one press for one, asks before a form is left that was not saved, counts letters, and puts variables where one writes.
// Without it the pages work too.
const form = document.querySelector('.broadcast-form form')
let isChanged = document.querySelector('.broadcast-form[data-unsaved]') !== null
let isSending = false

document.addEventListener('submit', (event) => {
  // Renews a part of the page, which stays.
  if (event.target.matches('[hx-post]')) return
  // A second press while the first is on its way would make a second broadcast, or be told that it was done.
  if (isSending) event.preventDefault()
  isSending = true
  // Unless the sending was stopped, and the page is still here.
  setTimeout(() => {
    isSending = false
  }, 5000)
})

// A page that comes back from the browser's memory may send again.
window.addEventListener('pageshow', () => {
  isSending = false
})

form?.addEventListener('input', () => {
  isChanged = true
})

window.addEventListener('beforeunload', (event) => {
  if (isChanged && !isSending) event.preventDefault()
})

for (const counter of document.querySelectorAll('[data-counts]')) {
  const field = document.getElementById(counter.dataset.counts)
  const most = Number(counter.dataset.most)
  const written = (count) => count.toLocaleString('id-ID')
  const count = () => {
    const { length } = field.value.trim()
    counter.textContent = counter.dataset.counted
      .replace('{{count}}', written(length))
      .replace('{{most}}', written(most))
    counter.classList.toggle('over', length > most)
  }
  field.addEventListener('input', count)
  count()
}

form?.addEventListener('click', (event) => {
  const button = event.target.closest('[data-inserts]')
  if (button === null) return
  event.preventDefault()
  const field = document.getElementById(button.dataset.into)
  field.focus()
  field.setRangeText(button.dataset.inserts, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
})
