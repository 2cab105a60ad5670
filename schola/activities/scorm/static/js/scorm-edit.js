/** Sends a package as soon as it is chosen, in pieces, and then its form. */
import "./elements/file-drop.js"

const form = document.querySelector("[data-package]")
form?.addEventListener("uploaded", event => {
  form.elements.upload.value = event.detail.file
  form.elements.package.disabled = true
  form.submit()
})
