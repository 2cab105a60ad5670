/**
 * Renews a part of the page when its channel says that something has changed, and whenever the
 * channel opens: what happened before it was open, or while it was broken, is seen then. A part
 * that is put into the page later begins to live then.
 */
const PAUSE = 200
let part, source, timer

begin()
addEventListener("parts:put", begin)

function begin() {
  const found = document.querySelector("[data-live]")
  if (!found || found === part) return
  source?.close()
  part = found
  source = new EventSource(part.dataset.live)
  source.addEventListener("message", soon)
  source.addEventListener("open", soon)
}

function soon() {
  clearTimeout(timer)
  timer = setTimeout(renew, PAUSE)
}

async function renew() {
  if (part.querySelector("dialog[open]")) return soon() // somebody reads it
  const answer = await fetch(part.dataset.fragment)
  if (!answer.ok) return
  part.innerHTML = await answer.text()
  dispatchEvent(new Event("parts:put"))
}
