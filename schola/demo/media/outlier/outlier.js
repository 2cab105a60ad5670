"use strict"
const RIGHT = { q1: "b", q2: "a", q3: "b" }
const WHY = {
  q1: "70 thousand more, shared by seven, are 10 more for the mean.",
  q2: "The founder is at the end of the queue. The middle does not move.",
  q3: "The median tells what a usual person earns.",
}
const OTHERS = [24, 26, 26, 30, 32, 36]
const begun = Date.now()
const pages = [...document.querySelectorAll(".page")]
const byId = (id) => document.getElementById(id)
const state = { page: 0, seen: [], answers: {}, score: null }
const SVG = "http://www.w3.org/2000/svg"

function x(value) { return 30 + (value - 20) / 200 * 590 }

function shape(parent, name, attributes, text = "") {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.textContent = text
  parent.append(made)
}

function drawTicks() {
  for (let value = 20; value <= 220; value += 40) {
    shape(byId("ticks"), "line", { x1: x(value), x2: x(value), y1: 110, y2: 116 })
    shape(byId("ticks"), "text", { x: x(value), y: 136 }, value)
  }
}

function drawPay() {
  const values = [...OTHERS, Number(byId("pay").value)].sort((a, b) => a - b)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  byId("dots").replaceChildren()
  values.forEach((value, index) => {
    const lift = values[index - 1] === value ? 14 : 0
    shape(byId("dots"), "circle", { cx: x(value), cy: 102 - lift, r: 6 })
  })
  for (const [id, value] of [["mean", mean], ["median", values[3]]]) {
    byId(id).setAttribute("transform", `translate(${x(value)} 0)`)
  }
  byId("pay-now").value = byId("pay").value
  byId("result").textContent = `Mean ${mean.toFixed(1)}, median ${values[3]}.`
}

function show(page, focus = true) {
  state.page = page
  if (!state.seen.includes(page)) state.seen.push(page)
  pages.forEach((each, index) => { each.hidden = index !== page })
  byId("progress").value = page + 1
  byId("progress").setAttribute("aria-label", `Page ${page + 1} of ${pages.length}`)
  byId("where").textContent = `Page ${page + 1} of ${pages.length}`
  byId("back").hidden = page === 0
  byId("next").hidden = page === pages.length - 1 || (page === 3 && state.score === null)
  if (focus) pages[page].querySelector("h1").focus()
  keep()
}

function keep() {
  scorm.set("cmi.core.lesson_location", state.page)
  scorm.set("cmi.suspend_data", JSON.stringify({ seen: state.seen, answers: state.answers, score: state.score }))
  if (state.score === null) scorm.set("cmi.core.lesson_status", "incomplete")
  byId("saved").textContent = scorm.save() ? "Saved." : ""
}

function judge(focus = true) {
  let right = 0
  for (const name of Object.keys(RIGHT)) {
    const hit = state.answers[name] === RIGHT[name]
    right += hit
    const verdict = document.querySelector(`[name="${name}"]`).closest("fieldset").querySelector(".verdict")
    verdict.className = `verdict ${hit ? "right" : "wrong"}`
    verdict.textContent = `${hit ? "Right." : "Not right."} ${WHY[name]}`
  }
  state.score = Math.round(right / 3 * 100)
  byId("score").textContent = `${right} of 3 right`
  if (focus) byId("next").hidden = false
}

function report() {
  scorm.set("cmi.core.score.min", 0)
  scorm.set("cmi.core.score.max", 100)
  scorm.set("cmi.core.score.raw", state.score)
  scorm.set("cmi.core.lesson_status", state.score >= 60 ? "passed" : "failed")
  keep()
}

function leave() {
  if (!scorm.api) return
  const seconds = Math.floor((Date.now() - begun) / 1000)
  const two = (number) => String(number).padStart(2, "0")
  scorm.set("cmi.core.session_time", `${two(Math.floor(seconds / 3600) % 100).padStart(4, "0")}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`)
  scorm.set("cmi.core.exit", state.score === null ? "suspend" : "")
  scorm.save()
  scorm.finish()
}

function restore() {
  try {
    Object.assign(state, JSON.parse(scorm.get("cmi.suspend_data") || "{}"))
  } catch {
    state.seen = []
  }
  for (const [name, value] of Object.entries(state.answers)) {
    const input = document.querySelector(`[name="${name}"][value="${value}"]`)
    if (input) input.checked = true
  }
  if (state.score !== null) judge(false)
  const page = Number(scorm.get("cmi.core.lesson_location"))
  return page > 0 && page < pages.length ? page : 0
}

scorm.start()
drawTicks()
drawPay()
show(restore(), false)
byId("pay").addEventListener("input", drawPay)
byId("next").addEventListener("click", () => show(state.page + 1))
byId("back").addEventListener("click", () => show(state.page - 1))
byId("questions").addEventListener("change", (event) => {
  state.answers[event.target.name] = event.target.value
  keep()
})
byId("questions").addEventListener("submit", (event) => {
  event.preventDefault()
  if (Object.keys(state.answers).length < 3) {
    byId("saved").textContent = "Answer all three questions first."
    return
  }
  judge()
  report()
})
window.addEventListener("pagehide", leave)
