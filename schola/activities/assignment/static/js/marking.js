/**
 * Keys of the person who marks: Ctrl+Enter saves and goes on, [ and ] turn to the work beside.
 * Where the work and the form stand side by side, the points have the focus from the beginning.
 */
const form = document.querySelector("[data-marking]")
const TURNS = { "[": "prev", "]": "next" }
const WRITTEN = "input:not([type=number]), textarea, select, [contenteditable]"
let written = Boolean(form.querySelector("[role=alert]")) // what was refused is not saved either

if (matchMedia("(width >= 64rem)").matches) {
  form.querySelector("[name=points]").focus({ preventScroll: true })
}
form.addEventListener("input", () => { written = true })
form.addEventListener("submit", () => { written = false })
addEventListener("beforeunload", event => { if (written) event.preventDefault() })

addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    return form.requestSubmit()
  }
  const turn = TURNS[event.key]
  if (!turn || event.ctrlKey || event.metaKey) return
  if (event.target.closest(WRITTEN)) return
  document.querySelector(`a[rel=${turn}]`)?.click()
})
