/** Renews a part of the page when its channel says that something has changed. */
const part = document.querySelector("[data-live]")
const source = new EventSource(part.dataset.live)
const PAUSE = 200
let timer

source.addEventListener("message", () => {
  clearTimeout(timer)
  timer = setTimeout(renew, PAUSE)
})

async function renew() {
  const answer = await fetch(part.dataset.fragment)
  if (answer.ok) part.innerHTML = await answer.text()
}
