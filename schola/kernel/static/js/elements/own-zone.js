/**
 * <own-zone data-former='{"Asia/Calcutta": "Asia/Kolkata"}'><select>…</select></own-zone>
 * chooses the time zone of this device, if it is there, also by a name that it had before.
 */
customElements.define("own-zone", class extends HTMLElement {
  connectedCallback() {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const name = JSON.parse(this.dataset.former)[timeZone] ?? timeZone
    const field = this.querySelector("select")
    if ([...field.options].some(each => each.value === name)) field.value = name
  }
})
