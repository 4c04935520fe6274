// Takes one press for one, asks before a form is left that was not saved, and copies the text beside a button. Without it the pages work too.
const form = document.querySelector('.course-form form')
let isChanged = document.querySelector('.course-form[data-unsaved]') !== null
let isSending = false

document.addEventListener('submit', (event) => {
  // A second press while the first is on its way would make a second course, or be told that it was done.
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

// Rows that come or go are not kept anywhere but here.
form?.addEventListener('click', ({ target }) => {
  if (target.closest('[hx-post]') !== null) isChanged = true
})

window.addEventListener('beforeunload', (event) => {
  if (isChanged && !isSending) event.preventDefault()
})

for (const part of document.querySelectorAll('[data-copies]')) {
  const field = document.getElementById(part.dataset.copies)
  const told = part.querySelector('[data-copied]')
  part.hidden = false
  part.querySelector('button').addEventListener('click', async () => {
    field.select()
    try {
      await navigator.clipboard.writeText(field.value)
    } catch {
      // Old browsers, and addresses without https: what is marked is copied.
      document.execCommand('copy')
    }
    told.textContent = told.dataset.copied
  })
}
