import { Refused, send } from "../logic/upload.js"
import { token } from "../logic/token.js"

/**
 * <file-drop data-url="/uploads" data-purpose="page" data-failed="…">: sends the chosen file in
 * pieces and fires `uploaded` with the server's answer. Without data-url or without a script it
 * is a plain file field of its form. With data-at-once the form is sent when a file is chosen.
 */
customElements.define("file-drop", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input[type=file]")
    this.bar = this.querySelector("progress")
    this.words = this.querySelector("[role=status]")
    this.field.addEventListener("change", () => this.#take())
  }

  async #take() {
    const [file] = this.field.files
    if (!file) return
    this.words.textContent = file.name
    if ("atOnce" in this.dataset) this.closest("form").requestSubmit()
    if (!this.dataset.url) return
    this.bar.hidden = false
    this.field.disabled = true
    try {
      const wait = ms => new Promise(done => setTimeout(done, ms))
      const net = { fetch: (...words) => fetch(...words), wait, token: token() }
      const where = { url: this.dataset.url, purpose: this.dataset.purpose ?? "" }
      const detail = await send(file, where, net, share => (this.bar.value = share * 100))
      this.dispatchEvent(new CustomEvent("uploaded", { bubbles: true, detail }))
    } catch (error) {
      this.words.textContent = error instanceof Refused ? error.message : this.dataset.failed
    } finally {
      this.bar.hidden = true
      this.field.disabled = false
    }
  }
})
