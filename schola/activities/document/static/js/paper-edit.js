/** The page of a document's draft: when the file has come in pieces, its form is sent. */
const form = document.querySelector("[data-paper]")
form.addEventListener("uploaded", event => {
  form.elements.uploaded.value = event.detail.file
  form.querySelector("input[type=file]").disabled = true
  form.submit()
})
