/**
 * Renews a part of the page when its channel says that something has changed, and whenever the
 * channel opens: what happened before it was open, or while it was broken, is seen then.
 */
const part = document.querySelector("[data-live]")
const source = new EventSource(part.dataset.live)
const PAUSE = 200
let timer

source.addEventListener("message", soon)
source.addEventListener("open", soon)

function soon() {
  clearTimeout(timer)
  timer = setTimeout(renew, PAUSE)
}

async function renew() {
  const answer = await fetch(part.dataset.fragment)
  if (answer.ok) part.innerHTML = await answer.text()
}
