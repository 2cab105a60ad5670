/** What every page has: Ctrl K goes to the search, menus close by Esc and by a click elsewhere. */
const find = document.querySelector("[data-find]")

addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && find) {
    event.preventDefault()
    location.href = find.href
  }
  if (event.key === "Escape") closeMenus(document.activeElement?.closest("details.account"))
})
addEventListener("click", event => {
  if (!event.target.closest("details.account")) closeMenus()
})

function closeMenus(inside) {
  for (const menu of document.querySelectorAll("details.account[open]")) menu.open = false
  inside?.querySelector("summary").focus()
}
