/** The page around a package hears when it reports, and says where the learner stands. */
import { put } from "./logic/parts.js"

const PARTS = ["package-state", "done", "rail", "rail-narrow"]
const CALM_MS = 200
const live = document.querySelector("[data-live]")?.dataset.live
let timer

if (live) {
  const source = new EventSource(live)
  source.addEventListener("message", () => {
    clearTimeout(timer)
    timer = setTimeout(renew, CALM_MS)
  })
}

async function renew() {
  const answer = await fetch(location.href)
  if (answer.ok) put(await answer.text(), PARTS)
}
