/** The page of a video's draft: the film goes in pieces, and the page says how far it is made. */
const form = document.querySelector("[data-film]")
form.addEventListener("uploaded", event => {
  form.elements.uploaded.value = event.detail.file
  form.querySelector("input[type=file]").disabled = true
  form.submit()
})

const box = document.querySelector("[data-film-state]")
if (box) look()

async function look() {
  const { state, percent } = await fetch(box.dataset.filmState).then(answer => answer.json())
  box.querySelector("progress").value = percent
  if (state === "waiting") setTimeout(look, 2000)
  else location.reload()
}
