import { put } from "./logic/parts.js"

/** The page of a video's draft: the film goes in pieces, and the page says how far it is made. */
const PAUSE = 2000

addEventListener("uploaded", event => {
  const form = event.target.closest("[data-film]")
  form.elements.uploaded.value = event.detail.file
  form.querySelector("input[type=file]").disabled = true
  form.requestSubmit()
})
addEventListener("parts:put", look)
look()

async function look() {
  const box = document.querySelector("[data-film-state]:not([data-looked])")
  if (!box) return
  box.dataset.looked = ""
  let state = "waiting"
  while (state === "waiting" && box.isConnected) {
    const answer = await fetch(box.dataset.filmState)
    const said = await answer.json()
    state = said.state
    box.querySelector("progress").value = said.percent
    if (state === "waiting") await new Promise(done => setTimeout(done, PAUSE))
  }
  if (box.isConnected) put(await (await fetch(location.href)).text(), ["film"])
}
