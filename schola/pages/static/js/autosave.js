/** Keeps the draft on the server while its author writes: a pause of a second is enough. */
const form = document.querySelector("[data-autosave]")
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
form.addEventListener("submit", () => { timer = clearTimeout(timer) })
addEventListener("submit", saveFirst, true)

/** Another form of the page reloads it: what was just written goes first. */
async function saveFirst(event) {
  if (event.target === form || !timer || event.target.closest("in-place")) return
  event.preventDefault()
  event.stopPropagation()
  clearTimeout(timer)
  timer = 0
  await (sending = sending.then(save).catch(() => say("…")))
  event.target.requestSubmit(event.submitter)
}

function soon() {
  clearTimeout(timer)
  timer = setTimeout(() => { timer = 0; sending = sending.then(save).catch(() => say("…")) }, PAUSE)
}

async function save() {
  const body = new URLSearchParams(new FormData(form))
  const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { Accept: "application/json" } })
  const said = await answer.json()
  if (answer.ok) {
    form.elements.draft_revision.value = said.revision
    if (said.activity) form.elements.revision.value = said.activity
  }
  say(answer.ok ? new Date().toLocaleTimeString() : said.error)
}

function say(text) {
  form.querySelector("[data-status]").textContent = text
}
