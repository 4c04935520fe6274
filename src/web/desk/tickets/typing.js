// Counts what is typed, and asks before a page with an answer that was not sent is left. Without it the pages work too.
const number = new Intl.NumberFormat('id-ID')
let isSending = false
const field = () => document.querySelector('textarea[data-counted]')

document.addEventListener('input', ({ target }) => {
  if (target !== field()) return
  document.querySelector('[data-count]').textContent = number.format(target.value.length)
})

document.addEventListener('submit', (event) => {
  // A second press while the first is on its way would be told that something new came.
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

window.addEventListener('beforeunload', (event) => {
  const text = field()
  if (!isSending && text !== null && text.value !== text.defaultValue) event.preventDefault()
})
