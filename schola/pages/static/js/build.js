/** Alt+↑ and Alt+↓ on an activity press its own Move buttons; the focus stays with it. */
const moves = { ArrowUp: "up", ArrowDown: "down" }

addEventListener("keydown", event => {
  const item = event.altKey && moves[event.key] && document.activeElement?.closest("[data-key]")
  if (!item) return
  event.preventDefault()
  item.querySelector(`button[name=${moves[event.key]}]`).click()
})

document.getElementById(location.hash.slice(1))?.querySelector("a")?.focus()
