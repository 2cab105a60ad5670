/**
 * <live-region data-stream="/live/…" data-fragment="/courses/a/now?fragment">…</live-region>
 * takes its content anew when the stream says that something changed; many signals at once are
 * one fetch. The focus stays where it is, by the id of what holds it.
 */
const CALM_MS = 150

customElements.define("live-region", class extends HTMLElement {
  #events
  #timer

  connectedCallback() {
    this.#events = new EventSource(this.dataset.stream)
    this.#events.onmessage = () => {
      this.#timer ??= setTimeout(() => this.#renew(), CALM_MS)
    }
  }

  disconnectedCallback() {
    this.#events.close()
    clearTimeout(this.#timer)
  }

  async #renew() {
    this.#timer = undefined
    const response = await fetch(this.dataset.fragment)
    if (!response.ok) return
    const held = this.contains(document.activeElement) ? document.activeElement.id : ""
    this.innerHTML = await response.text()
    if (held) document.getElementById(held)?.focus()
  }
})
