import { Arrived, Refused, send } from "../logic/upload.js"
import { token } from "../logic/token.js"

/**
 * <file-drop data-url="/uploads" data-purpose="page" data-failed="…" data-stopped="…"
 * data-arrived="…">: sends the chosen file in pieces and fires `uploaded` with the server's answer.
 * Its button breaks it off, and so does leaving the page; `stopped` or `arrived` says what came of it.
 * What is refused, or failed, is said in its note. Without data-url or without a script it is a plain
 * file field of its form. With data-at-once the form is sent when a file is chosen.
 */
customElements.define("file-drop", class extends HTMLElement {
  #sending = null

  connectedCallback() {
    this.field = this.querySelector("input[type=file]")
    this.bar = this.querySelector("progress")
    this.words = this.querySelector("[role=status]")
    this.note = this.querySelector("[role=alert]")
    this.button = this.querySelector("button")
    this.field.addEventListener("change", () => this.#take())
    this.button?.addEventListener("click", () => this.#stop())
    addEventListener("pagehide", this.#leave)
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.#leave)
    this.#leave()
  }

  #leave = () => this.#sending?.abort()

  #stop() {
    this.#sending?.abort()
    this.#show(null)
    this.field.value = this.words.textContent = ""
  }

  async #take() {
    const [file] = this.field.files
    if (!file) return
    this.words.textContent = file.name
    if ("atOnce" in this.dataset) this.closest("form").requestSubmit()
    if (!this.dataset.url) return
    this.#show(new AbortController())
    const { signal } = this.#sending
    try {
      const net = { fetch: (...words) => fetch(...words), wait: ms => pause(ms, signal), token: token(), signal }
      const where = { url: this.dataset.url, purpose: this.dataset.purpose ?? "" }
      const detail = await send(file, where, net, share => (this.bar.value = share * 100))
      this.#show(null)
      this.dispatchEvent(new CustomEvent("uploaded", { bubbles: true, detail }))
    } catch (error) {
      if (this.#sending && this.#sending.signal !== signal) return // another file is on its way by now
      this.#show(null)
      this.#tell(error, signal)
    }
  }

  #show(sending) {
    const focused = this.contains(document.activeElement)
    this.#sending = sending
    this.bar.value = 0
    this.bar.hidden = !sending
    this.note.hidden = true
    this.field.disabled = Boolean(sending)
    if (this.button) this.button.hidden = !sending
    if (focused) (sending ? this.button : this.field)?.focus()
  }

  #tell(error, signal) {
    this.field.value = ""
    if (signal.aborted) {
      this.words.textContent = error instanceof Arrived ? this.dataset.arrived : this.dataset.stopped
      return
    }
    this.words.textContent = ""
    this.note.querySelector("p").textContent = (error instanceof Refused && error.message) || this.dataset.failed
    this.note.hidden = false
  }
})

/** Wait so long, or until it is broken off. */
const pause = (ms, signal) => new Promise(done => {
  setTimeout(done, ms)
  signal.addEventListener("abort", done, { once: true })
})
