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
let underWay = 0 // how many savings have no answer yet
let typed = 0 // how often something was typed, and
let saved = 0 // how much of that the server has
let handedIn = 0 // or has been sent by the form itself
let touched = form
let revision = form.elements.draft_revision.value

form.addEventListener("input", soon)
form.addEventListener("submit", () => {
  timer = clearTimeout(timer)
  handedIn = typed
})
addEventListener("parts:put", () => {
  if (form.elements.draft_revision.value !== revision) isSaved(handedIn)
})
addEventListener("submit", saveFirst, true)
addEventListener("submit", waitForAnswer, true)

/** Another form of the page reloads it: what was just written goes first, and if it cannot, nothing. */
async function saveFirst(event) {
  if (event.target === form || saved === typed) return
  if (event.target.closest("in-place, [data-discards]")) return
  hold(event)
  timer = clearTimeout(timer)
  await send()
  if (saved === typed) event.target.requestSubmit(event.submitter)
  else writable(touched).focus()
}

/** What is under way to the server comes first: its answer has the revision that the form sends. */
async function waitForAnswer(event) {
  if (event.target !== form || !underWay) return
  hold(event)
  timer = clearTimeout(timer)
  await sending
  form.requestSubmit(event.submitter)
}

function hold(event) {
  event.preventDefault()
  event.stopPropagation()
}

/** The rich text editor stands for the field that it hides. */
function writable(field) {
  return field.closest(".field")?.querySelector(".tiptap") ?? field
}

function soon(event) {
  typed++
  touched = event.target
  later()
}

/** While the form itself is being sent, its revision is about to be another one. */
function later() {
  clearTimeout(timer)
  timer = setTimeout(() => (isBeingSent() ? later() : send()), PAUSE)
}

function isBeingSent() {
  return form.closest("in-place").ariaBusy === "true"
}

function send() {
  underWay++
  sending = sending.then(save).catch(() => say(form.dataset.unsaved)).finally(() => underWay--)
  return sending
}

async function save() {
  const sent = typed
  const body = new URLSearchParams(new FormData(form))
  const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { Accept: "application/json" } })
  const said = await answer.json()
  if (answer.ok) {
    form.elements.draft_revision.value = said.revision
    if (said.activity) form.elements.revision.value = said.activity
    isSaved(sent)
  }
  say(answer.ok ? form.dataset.saved.replace("{time}", now()) : said.error ?? form.dataset.unsaved)
}

function now() {
  return new Date().toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
}

function isSaved(count) {
  saved = count
  revision = form.elements.draft_revision.value
}

function say(text) {
  form.querySelector("[data-status]").textContent = text
}
