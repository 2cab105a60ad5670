/** Alt+↑ and Alt+↓ on an activity press its own Move buttons; the focus stays with it. */
const moves = { ArrowUp: "up", ArrowDown: "down" }

addEventListener("keydown", event => {
  const item = event.altKey && moves[event.key] && document.activeElement?.closest("[data-key]")
  if (!item) return
  event.preventDefault()
  item.querySelector(`button[name=${moves[event.key]}]`).click()
})

if (location.hash) document.querySelector(`${CSS.escape(location.hash).replace("\\#", "#")} a`)?.focus()
