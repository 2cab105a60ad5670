import { put } from "./logic/parts.js"
import { token } from "./logic/token.js"

/** Counts the time for which the page is in front of its reader, and tells the server of it. */
const EVERY = 15
const place = document.querySelector("[data-spent]")
let seconds = 0

const timer = setInterval(tick, 1000)

async function tick() {
  if (document.visibilityState !== "visible") return
  seconds += 1
  if (seconds % EVERY) return
  const body = new URLSearchParams({ seconds: EVERY })
  const headers = { "X-CSRFToken": token() }
  const answer = await fetch(place.dataset.spent, { method: "POST", body, headers })
  const said = answer.ok ? await answer.json() : {}
  if (!said.done) return
  clearInterval(timer)
  put(await (await fetch(location.href)).text(), ["done"])
}
