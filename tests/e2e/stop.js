/* Where the focus is, for the Tab walk: is it seen, marked by 2 px or more, not covered (WCAG 2.4.7,
   2.4.11, 2.4.13)? null: the walk is over. {again}: the same control has another stop of its own. */
() => {
  const LEAST = 2
  const here = document.activeElement
  if (!here || here === document.body) return null
  window.stops ??= new Set()
  if (window.stops.has(here)) return here === window.lastStop ? { again: true } : null
  window.stops.add((window.lastStop = here))
  const box = here.getClientRects()[0] ?? here.getBoundingClientRect()
  const above = [here.parentElement, here.parentElement?.parentElement]
  const near = [here, here.nextElementSibling, here.closest("article, li, label"), ...above]
  const marked = [...near, ...(here.labels ?? [])].filter(Boolean)
  const look = () => marked.map(marksOf)
  const focused = look()
  here.blur()
  const blurred = look()
  here.focus({ preventScroll: true })
  const places = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.15], [0.5, 0.85]]
  const tops = places.map(([x, y]) =>
    document.elementFromPoint(box.x + box.width * x, box.y + box.height * y))
  const mine = [here, here.parentElement, ...(here.labels ?? [])].filter(Boolean)
  const isOpen = top => top && mine.some(each => each.contains(top) || top === here)
  return {
    name: `${here.tagName.toLowerCase()} ` +
      (here.ariaLabel || here.textContent || here.name || "").trim().slice(0, 40),
    shown: box.width > 0 && box.height > 0,
    ringed: focused.some((mark, at) => isMark(mark, blurred[at])),
    covered: tops.some(Boolean) && !tops.some(isOpen) && here.tagName !== "IFRAME",
    outside: !tops.some(Boolean),
  }

  function marksOf(each) {
    const style = getComputedStyle(each)
    const sides = ["Top", "Right", "Bottom", "Left"]
    return {
      outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
      outlineColor: style.outlineColor,
      shadow: style.boxShadow,
      borders: sides.map(side => parseFloat(style[`border${side}Width`])),
      colors: sides.map(side => style[`border${side}Color`]),
    }
  }

  function isMark(now, before) {
    const drawn = now.outline !== before.outline || now.outlineColor !== before.outlineColor
    if (now.outline >= LEAST && drawn) return true
    const reach = Math.max(0, ...(now.shadow.match(/-?[\d.]+px/g) ?? []).map(text => Math.abs(parseFloat(text))))
    if (now.shadow !== before.shadow && reach >= LEAST) return true
    return now.borders.some((width, side) => {
      const other = width - before.borders[side] >= LEAST || now.colors[side] !== before.colors[side]
      return width >= LEAST && other
    })
  }
}
