/**
 * <save-state data-saving="Saving …" data-saved="Saved" data-failed="Not saved yet">Saved</save-state>
 * shows how the saving of this page stands; whoever saves fires `save` with "saving", "saved" or
 * "failed" on the document.
 */
customElements.define("save-state", class extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "status")
    this.hear = event => {
      this.textContent = this.dataset[event.detail] ?? ""
      this.dataset.state = event.detail
    }
    document.addEventListener("save", this.hear)
  }

  disconnectedCallback() {
    document.removeEventListener("save", this.hear)
  }
})
