// Counts what is typed, keeps it while another form is sent, and asks before a page with an answer that was not sent is left. Without it the pages work too.
const number = new Intl.NumberFormat('id-ID')
let isSending = false
const field = () => document.querySelector('textarea[data-counted]')
const draftName = `jawaban ${location.pathname}`

document.addEventListener('input', ({ target }) => {
  if (target === field()) count(target)
})

function count({ value }) {
  document.querySelector('[data-count]').textContent = number.format(value.length)
}

document.addEventListener('submit', (event) => {
  // A second press while the first is on its way would be told that something new came.
  if (isSending) event.preventDefault()
  else keepDraft(event.target)
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

window.addEventListener('beforeunload', (event) => {
  const text = field()
  if (!isSending && text !== null && text.value !== text.defaultValue) event.preventDefault()
})

// Another form of the page leads back to it: an answer that was begun comes back with it, in this tab only.
function keepDraft(form) {
  const text = field()
  const isBegun = text !== null && text.form !== form && text.value.trim() !== ''
  if (isBegun) sessionStorage.setItem(draftName, text.value)
}

const draft = sessionStorage.getItem(draftName)
sessionStorage.removeItem(draftName)
if (draft !== null && field()?.value === '') {
  field().value = draft
  count(field())
}
