/** What every page has: Ctrl K, menus, dialogs, and the elements that the page holds. */
const find = document.querySelector("[data-find]")
const ELEMENTS = [
  "copy-text", "count-down", "file-drop", "in-place", "live-region", "order-list", "save-state",
]
let typed = null // while the palette is on its way, what is typed into it already

addEventListener("keydown", event => {
  if (typed !== null) typeAhead(event)
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && find) {
    event.preventDefault()
    search()
  }
  if (event.key === "Escape") closeMenus(document.activeElement?.closest("details.account"))
})
addEventListener("click", event => {
  if (!event.target.closest("details.account")) closeMenus()
  event.target.closest("[data-closes]")?.closest("dialog").close()
  const opener = event.target.closest("[data-opens]")
  const dialog = opener && document.getElementById(opener.dataset.opens)
  if (dialog) {
    event.preventDefault()
    dialog.showModal()
  }
  if (find && event.target.closest("[data-find]") === find && isPlain(event)) {
    event.preventDefault()
    search()
  }
})
addEventListener("focusout", event => {
  const menu = event.target.closest("details.account")
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false
})
addEventListener("parts:put", load)
addEventListener("parts:put", showHere)
load()
showHere()
focusOnNews()

/** Fetch the script of each element that is on the page, once. */
function load() {
  for (const name of ELEMENTS) {
    if (document.querySelector(name)) import(`./elements/${name}.js`)
  }
}

/** On a narrow screen tabs are a strip: scroll each, and nothing but it, to the tab where one is. */
function showHere() {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const strip = tab.closest(".tabs")
    const gap = tab.getBoundingClientRect().x - strip.getBoundingClientRect().x
    strip.scrollBy({ left: gap - (strip.clientWidth - tab.offsetWidth) / 2 })
  }
}

/**
 * What a page says of an act has the focus, as where only a part is put: why it was refused, or
 * what was done. Not where the page has put it on a field of its own, or leads to a part of it.
 */
function focusOnNews() {
  if (document.activeElement !== document.body || location.hash) return
  const [visit] = performance.getEntriesByType("navigation")
  const refused = visit?.responseStatus >= 400 && document.querySelector("#main .note[role=alert]")
  const news = refused || document.querySelector("#notices > .note")
  news?.setAttribute("tabindex", "-1")
  news?.focus()
}

async function search() {
  try {
    typed ??= ""
    const { open } = await import("./elements/palette.js")
    if (typed !== null) open(find, typed)
  } catch {
    location.href = find.href
  } finally {
    typed = null
  }
}

/** Take a key that is meant for the palette, so that it does nothing to the page. */
function typeAhead(event) {
  if ((event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph")) return
  event.preventDefault()
  if (event.key.length === 1) typed += event.key
  if (event.key === "Backspace") typed = typed.slice(0, -1)
  if (event.key === "Enter") location.href = `${find.pathname}?q=${encodeURIComponent(typed)}`
  if (event.key === "Escape") typed = null
}

function isPlain(event) {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
}

function closeMenus(inside) {
  for (const menu of document.querySelectorAll("details.account[open]")) {
    if (!inside || menu === inside) menu.open = false
  }
  inside?.querySelector("summary").focus()
}
