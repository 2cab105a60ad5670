import { chosenAfter } from "../logic/choice.js"

const WAIT_MS = 120
let dialog, field, found, asked, timer, chosen = -1

/** Open the palette: what is typed is searched, the arrows choose, Enter goes there.

    typed: what was typed into it before it was there. */
export function open(link, typed) {
  dialog ??= build(link)
  if (!dialog.open) dialog.showModal()
  field.select()
  if (typed) {
    field.value = typed
    field.dispatchEvent(new Event("input"))
  }
}

function build(link) {
  dialog = document.createElement("dialog")
  dialog.className = "sheet palette"
  dialog.setAttribute("aria-label", link.textContent.trim())
  field = Object.assign(document.createElement("input"), { type: "search", name: "q" })
  field.setAttribute("aria-label", dialog.getAttribute("aria-label"))
  found = document.createElement("div")
  found.setAttribute("role", "status")
  dialog.append(field, found)
  document.body.append(dialog)
  field.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(() => search(link), WAIT_MS)
  })
  dialog.addEventListener("keydown", event => onKey(event, link))
  dialog.addEventListener("click", event => event.target === dialog && dialog.close())
  return dialog
}

async function search(link) {
  asked?.abort()
  asked = new AbortController()
  const words = field.value.trim()
  if (!words) return show("")
  const url = `${link.pathname}?q=${encodeURIComponent(words)}&fragment`
  try {
    const response = await fetch(url, { signal: asked.signal })
    if (response.ok) show(await response.text())
  } catch (error) {
    if (error.name !== "AbortError") throw error
  }
}

function show(html) {
  found.innerHTML = html
  chosen = -1
}

function onKey(event, link) {
  const links = [...found.querySelectorAll("a")]
  if (["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault()
    chosen = chosenAfter(event.key, chosen, links.length)
    links[chosen]?.focus()
  } else if (event.key === "Enter" && event.target === field) {
    const all = `${link.pathname}?q=${encodeURIComponent(field.value.trim())}`
    location.href = links[0]?.href ?? all
  }
}
