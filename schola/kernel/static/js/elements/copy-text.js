/**
 * <copy-text data-said="Copied"><input readonly><button hidden>Copy</button><span role="status">
 * copies what the field says. Without a script there is no button, and the field is a text to mark.
 */
customElements.define("copy-text", class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button")
    button.hidden = false
    button.addEventListener("click", () => this.#copy())
  }

  async #copy() {
    const field = this.querySelector("input")
    field.select()
    try {
      await navigator.clipboard.writeText(field.value)
    } catch {
      // Sites without TLS have no clipboard, and a browser may refuse: the marked text is copied.
      if (!document.execCommand("copy")) return
    }
    this.querySelector("[role=status]").textContent = this.dataset.said
  }
})
