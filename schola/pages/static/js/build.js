/** The builder: activities are put in order by Alt with an arrow key, or by their grip. */
import "./elements/order-list.js"

document.getElementById(location.hash.slice(1))?.querySelector("a")?.focus()
