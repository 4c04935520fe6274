// Copies the text beside a button. Without it the text can be marked and copied by hand.
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
