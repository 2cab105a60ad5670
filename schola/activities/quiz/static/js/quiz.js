/**
 * Saves each answer as it is given: to this device at once, to the server as soon as it can be
 * reached, and never over a newer one. Finishing waits until everything is saved.
 * Keys, in a question: 1 to 9 choose, Enter goes on, F marks it for review.
 */
import "./elements/count-down.js"
import { fate } from "./logic/fate.js"
import { Journal } from "./logic/journal.js"
import { put } from "./logic/parts.js"

const quiz = document.querySelector("[data-quiz]")
const form = quiz.querySelector("form")
const status = quiz.querySelector("[data-status]")
const token = form.querySelector("[name=csrfmiddlewaretoken]").value
const journal = new Journal(`quiz:${quiz.dataset.save}`, localStorage)
const TYPING = 600
const RETRY = 3000
const UNREADABLE = [400, 422] // the answer itself is at fault, not the moment
const MARKS = "marks" // where the journal keeps which questions are marked for review
const timers = new Map()
const wrong = new Set() // the questions whose answer the server refused as it is
let sending = Promise.resolve()
let leaving = false
let held = false // whether Finish was pressed and waits for answers

for (const section of quiz.querySelectorAll("[data-slot]")) {
  section.addEventListener("input", event => {
    const typing = event.target.type === "text" || event.target.tagName === "TEXTAREA"
    keep(section)
    clearTimeout(timers.get(section))
    timers.set(section, setTimeout(() => send(section), typing ? TYPING : 0))
  })
  const unsent = journal.read(section.dataset.slot)
  if (unsent && unsent.rev > Number(section.dataset.rev)) restore(section, unsent.values)
}
for (const button of quiz.querySelectorAll("[data-flag]")) {
  const section = button.closest("[data-slot]")
  button.hidden = false
  button.addEventListener("click", () => flag(section))
  if (marks().includes(section.dataset.slot)) showFlag(section, true)
}
form.addEventListener("focusin", event => {
  here(event.target.closest("[data-slot]"))
  if (event.target.matches("[data-for]")) bringUp(event.target)
})
form.addEventListener("submit", finish)
quiz.addEventListener("minutes", event => {
  quiz.querySelector("[data-spoken]").textContent = quiz.dataset[`left${event.detail}`]
})
quiz.addEventListener("elapsed", () => finish())
addEventListener("online", sendAll)
addEventListener("keydown", event => {
  if (event.key === "Enter" && event.target.matches("[data-slot] input")) return next(event)
  const number = Number(event.key)
  const section = document.activeElement?.closest("[data-slot]")
  if (!section || event.target.matches("input[type=text], textarea")) return
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key.toLowerCase() === "f") return flag(section)
  if (number) section.querySelectorAll("input[type=radio], input[type=checkbox]")[number - 1]?.click()
})

function marks() {
  return journal.read(MARKS) ?? []
}

function values(section) {
  return [...new FormData(form)].filter(([name]) => name === `q${section.dataset.slot}`)
}

/** Put the answer into this device's journal. */
function keep(section) {
  showWrong(section, "")
  const rev = journal.next(section.dataset.slot, Number(section.dataset.rev))
  journal.write(section.dataset.slot, { rev, values: values(section) })
  showDone(section)
}

function showDone(section) {
  placeOf(section).classList.toggle("done", values(section).some(([, value]) => value))
}

/** Mark a question for review, or take the mark away. It is kept on this device. */
function flag(section) {
  const { slot } = section.dataset
  const before = marks()
  const on = !before.includes(slot)
  journal.write(MARKS, on ? [...before, slot] : before.filter(each => each !== slot))
  showFlag(section, on)
}

function showFlag(section, on) {
  section.querySelector("[data-flag]").setAttribute("aria-pressed", String(on))
  const place = placeOf(section)
  place.classList.toggle("flag", on)
  place.querySelector("[data-flagged]").hidden = !on
}

function here(section) {
  if (!section) return
  for (const each of quiz.querySelectorAll(".map .here")) each.classList.remove("here")
  const place = placeOf(section)
  place.classList.add("here")
  bringUp(place)
}

/** On a phone the numbers are one row: scroll the row, and nothing but it, to this one. */
function bringUp(place) {
  const row = place.parentElement
  const gap = place.getBoundingClientRect().x - row.getBoundingClientRect().x
  row.scrollBy({ left: gap - (row.clientWidth - place.offsetWidth) / 2 })
}

function placeOf(section) {
  return quiz.querySelector(`[data-for="${section.dataset.slot}"]`)
}

function restore(section, pairs) {
  for (const input of section.querySelectorAll("input, textarea")) {
    const mine = pairs.filter(([name]) => name === input.name).map(([, value]) => value)
    if (input.type === "radio" || input.type === "checkbox") input.checked = mine.includes(input.value)
    else input.value = mine[0] ?? ""
  }
  showDone(section)
  send(section)
}

/** Send what the journal has of this question, one request after the other. */
function send(section) {
  sending = sending.then(() => sendOne(section)).catch(error => later(section, error.message))
  return sending
}

async function sendOne(section) {
  const slot = section.dataset.slot
  const entry = journal.read(slot)
  if (!entry || wrong.has(section)) return
  say("saving")
  const body = new URLSearchParams([["rev", entry.rev], ...entry.values])
  const headers = { "X-CSRFToken": token, "Accept": "application/json" }
  const answer = await fetch(quiz.dataset.save + slot, { method: "POST", body, headers })
  const what = fate(answer.status)
  if (what === "kept" || what === "signin") throw new Error(what)
  if (what === "saved") {
    section.dataset.rev = entry.rev
    if (journal.forget(slot, entry)) say(wrong.size ? "wrong" : "saved")
    else await sendOne(section)
    return
  }
  const error = await errorOf(answer)
  if (UNREADABLE.includes(answer.status)) {
    if (journal.read(slot)?.rev !== entry.rev) return sendOne(section)
    return showWrong(section, error)
  }
  journal.drop(slot)
  if (what === "newer") return say("newer")
  status.textContent = error
}

/** Return in words why something was refused: JSON from the quiz, plain text from elsewhere. */
async function errorOf(answer) {
  const text = await answer.text()
  try {
    return JSON.parse(text).error ?? answer.statusText
  } catch {
    return text || answer.statusText
  }
}

/** Say at the question why its answer is not saved; it stays as it was typed. No words: it is well. */
function showWrong(section, words) {
  const place = section.querySelector("[data-wrong]")
  place.textContent = words
  place.hidden = !words
  wrong[words ? "add" : "delete"](section)
  for (const field of section.querySelectorAll("input, textarea")) {
    field.setAttribute("aria-invalid", String(Boolean(words)))
    field.setAttribute("aria-errormessage", place.id)
  }
  if (!words) return
  placeOf(section).classList.remove("done")
  say("wrong")
}

function later(section, why) {
  if (why === "signin") say("signin")
  else say(held ? "unsaved" : "kept")
  clearTimeout(timers.get(section))
  timers.set(section, setTimeout(() => send(section), RETRY))
}

function sendAll() {
  return Promise.all([...quiz.querySelectorAll("[data-slot]")].map(send))
}

function isUnsent() {
  const sections = [...quiz.querySelectorAll("[data-slot]")]
  return sections.some(section => !wrong.has(section) && journal.read(section.dataset.slot))
}

async function finish(event) {
  if (leaving) return
  event?.preventDefault()
  held = true
  await sendAll()
  if (leaving) return
  if (isUnsent()) {
    if (!event) setTimeout(finish, RETRY)
    return
  }
  held = false
  if (event && !isComplete()) return
  for (const section of wrong) journal.drop(section.dataset.slot)
  leaving = true
  try {
    return await show()
  } catch {
    leaveByForm()
  }
}

/** Whether nothing is wrong, and nothing is missing or that is meant so. */
function isComplete() {
  const [first] = wrong
  first?.querySelector("input, textarea").focus()
  const gaps = quiz.querySelectorAll("[data-for]:not(.done)").length
  return !first && (!gaps || confirm(quiz.dataset.left))
}

/** Hand the attempt in and show what came of it, on this page. */
async function show() {
  const headers = { "X-CSRFToken": token }
  const answer = await fetch(form.action, { method: "POST", headers })
  if (!answer.ok) throw new Error(String(answer.status))
  put(await answer.text())
}

function leaveByForm() {
  for (const field of form.querySelectorAll("[data-slot] :is(input, textarea), [name=with_answers]")) field.disabled = true
  form.submit()
}

/** Enter goes to the next question, and after the last to the button that finishes. */
function next(event) {
  event.preventDefault()
  const sections = [...quiz.querySelectorAll("[data-slot]")]
  const after = sections[sections.indexOf(event.target.closest("[data-slot]")) + 1]
  const place = after?.querySelector("input:checked, input, textarea") ?? form.querySelector(".dock button")
  place.focus()
}

function say(what) {
  status.textContent = quiz.dataset[what]
}
