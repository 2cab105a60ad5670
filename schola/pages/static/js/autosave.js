/** Keeps the draft on the server while its author writes: a pause of a second is enough. */
const form = document.querySelector("[data-autosave]")
const status = form.querySelector("[data-status]")
const PAUSE = 1000

/* The rich text field comes without a name of its own: give it the one of its label. */
new MutationObserver(nameFields).observe(form, { childList: true, subtree: true })
nameFields()

function nameFields() {
  for (const field of form.querySelectorAll(".tiptap:not([aria-label])")) {
    field.setAttribute("aria-label", field.closest(".field")?.querySelector("label")?.textContent.trim() ?? "")
  }
}

let timer
let sending = Promise.resolve()

form.addEventListener("input", soon)
form.addEventListener("submit", () => clearTimeout(timer))

function soon() {
  clearTimeout(timer)
  timer = setTimeout(() => { sending = sending.then(save).catch(() => say("…")) }, PAUSE)
}

async function save() {
  const body = new URLSearchParams(new FormData(form))
  const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { Accept: "application/json" } })
  const said = await answer.json()
  if (said.revision && answer.ok) form.elements.draft_revision.value = said.revision
  say(answer.ok ? new Date().toLocaleTimeString() : said.error)
}

function say(text) {
  status.textContent = text
}
