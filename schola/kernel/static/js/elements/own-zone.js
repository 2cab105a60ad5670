/** <own-zone><select>…</select></own-zone> chooses the time zone of this device, if it is there. */
customElements.define("own-zone", class extends HTMLElement {
  connectedCallback() {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const field = this.querySelector("select")
    if ([...field.options].some(each => each.value === timeZone)) field.value = timeZone
  }
})
