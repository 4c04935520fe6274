// Ticks all boxes of a list at once and counts what is ticked. Without it a link does the first, and the next page the second.
for (const form of document.querySelectorAll('form.picks')) {
  const all = form.querySelector('[data-all]')
  const count = form.querySelector('[data-count]')
  const boxes = [...form.querySelectorAll('input[name^="pilih."]')]

  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length
    all.checked = ticked === boxes.length
    all.indeterminate = ticked > 0 && ticked < boxes.length
    count.textContent = count.dataset.count.replace('{{count}}', ticked)
  }

  form.addEventListener('change', ({ target }) => {
    if (target === all) for (const box of boxes) box.checked = all.checked
    tell()
  })
  // A page that comes back from the browser's memory has its boxes as they were.
  window.addEventListener('pageshow', tell)
  form.querySelector('[data-all-link]').hidden = true
  all.closest('label').hidden = false
  tell()
}
