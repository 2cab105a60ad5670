/** Keys of the person who marks: Ctrl+Enter saves and goes on, [ and ] turn to the work beside. */
const form = document.querySelector("[data-marking]")
const TURNS = { "[": "prev", "]": "next" }

addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    return form.requestSubmit()
  }
  const turn = TURNS[event.key]
  if (!turn || event.ctrlKey || event.metaKey) return
  if (event.target.closest("input, textarea, select, [contenteditable]")) return
  document.querySelector(`a[rel=${turn}]`)?.click()
})
