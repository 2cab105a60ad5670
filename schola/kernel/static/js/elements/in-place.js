import { put } from "../logic/parts.js"

/**
 * <in-place data-parts="notices film"><form method="post">…</form></in-place>: the form is sent
 * without leaving the page, and the parts that are named (or else all of `main`) become what the
 * answer says. Where the answer is another page, that page is opened. Without a script, and where
 * the line breaks, the form is a form.
 */
customElements.define("in-place", class extends HTMLElement {
  #plain = false

  connectedCallback() {
    this.addEventListener("submit", event => this.#send(event))
  }

  async #send(event) {
    if (this.#plain) return
    event.preventDefault()
    if (this.ariaBusy === "true") return
    this.ariaBusy = "true"
    const { target: form, submitter } = event
    try {
      const body = new FormData(form, submitter)
      await this.#show(await fetch(form.action, { method: "POST", body }))
    } catch {
      this.#plain = true
      form.requestSubmit(submitter)
    } finally {
      this.ariaBusy = null
    }
  }

  async #show(answer) {
    const elsewhere = new URL(answer.url).pathname !== location.pathname
    if (answer.ok && elsewhere) return location.assign(answer.url)
    if (answer.status >= 500) throw new Error(String(answer.status))
    put(await answer.text(), this.dataset.parts?.split(" "))
  }
})
