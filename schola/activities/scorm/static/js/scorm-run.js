/**
 * Runs a SCORM 1.2 package: the run-time API stands in this window, the package in a frame of the
 * same origin, so that each answer is there at once. What it says is kept on this device first.
 */
import { Scorm12API } from "../scorm12.js"
import { changes, finished, flatten, pieces } from "./logic/cmi.js"
import { Outbox } from "./logic/outbox.js"

const page = document.body.dataset
const status = document.querySelector("[role=status]")
const QUIET = 1000
const RETRY = 3000
const MOST_WAIT = 2000
const net = {
  post: async report => (await fetch("_commit", { method: "POST", body: JSON.stringify(report) })).status,
  beacon: report => navigator.sendBeacon("_commit", JSON.stringify(report)),
  wait: () => new Promise(done => setTimeout(done, RETRY)),
  say(what) {
    status.textContent = page[what] ?? ""
    status.hidden = !page[what]
  },
}
const outbox = new Outbox(page.attempt || "none", page.launch, storage(), net, page.part)
const begin = JSON.parse(page.cmi)
const api = new Scorm12API({ autocommit: false, lmsCommitUrl: false, logLevel: 5 })
let known = {}
let timer
let leaving = false
let over = false
let frame

if (page.attempt && (await outbox.replay())) location.reload()
else open()

function open() {
  api.loadFromFlattenedJSON(begin)
  known = state()
  window.API = api
  api.on("LMSSetValue", () => {
    clearTimeout(timer)
    timer = setTimeout(keep, QUIET)
    if (leaving) keep()
  })
  api.on("LMSCommit", keep)
  api.on("LMSFinish", () => {
    over = true
    keep()
    if (frame.isConnected && !leaving) document.querySelector("[data-next]")?.focus()
  })
  addEventListener("pagehide", () => {
    leaving = true
    keep()
  })
  addEventListener("click", turn)
  frame = document.createElement("iframe")
  frame.title = page.title
  frame.src = page.href
  frame.allow = "fullscreen; autoplay; unload"
  document.body.append(frame)
  if ("asset" in page) api.LMSInitialize("") && finish()
}

/** Says nothing itself: opened is seen. */
function finish() {
  api.LMSFinish("")
}

/** Go to another part when this one has said its last words and they have arrived. */
async function turn(event) {
  const link = event.target.closest("[data-turn]")
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  frame.remove()
  keep()
  await outbox.settled(MOST_WAIT)
  location.href = link.href
}

/** Say in the contents where this part stands. */
function tell(status) {
  const word = page[`is${status[0]?.toUpperCase()}${status.slice(1)}`]
  const place = document.querySelector("[aria-current] [data-status]")
  if (place && word) place.textContent = word
}

function state() {
  const words = flatten(api.renderCMIToJSONObject().cmi)
  return over ? finished(words) : words
}

/** Put what is new into the journal and on its way. */
function keep() {
  clearTimeout(timer)
  if (!page.attempt) return
  const now = state()
  const patch = changes(known, now)
  known = now
  tell(now["cmi.core.lesson_status"] ?? "")
  for (const piece of pieces(patch)) outbox.add(piece)
  if (leaving) outbox.leave(pieces)
}

/** The store of this device, or one that lasts as long as the page if there is none. */
function storage() {
  try {
    localStorage.setItem("scorm", "1")
    return localStorage
  } catch {
    const kept = new Map()
    return {
      get length() { return kept.size },
      key: n => [...kept.keys()][n],
      getItem: name => kept.get(name) ?? null,
      setItem: (name, text) => kept.set(name, text),
      removeItem: name => kept.delete(name),
    }
  }
}
