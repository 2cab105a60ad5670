/**
 * What a page may hold beyond the editor's own nodes: everything that the sanitiser allows. So an
 * author who changes a word loses nothing else. The names are those of the widget's extensions.
 */
import {
  Extension, Image as PlainImage, Mark, Node, OrderedList as PlainOrderedList, Table as PlainTable,
  TableHeader as PlainHeader, TableRow as PlainRow,
} from "django-prose-editor/editor"

const kept = names => Object.fromEntries(names.map(name => [name, { default: null }]))
const more = (extension, attributes) => extension.extend({
  addAttributes() { return { ...this.parent?.(), ...attributes } },
})

const MARKS = ["code", "kbd", "abbr", "dfn", "q", "span", "bdi", "u", "s", "mark"]
const BLOCKS = [
  "paragraph", "heading", "blockquote", "bulletList", "orderedList", "listItem", "codeBlock", "table",
  "tableRow", "tableCell", "tableHeader", "figure", "caption", "image", "horizontalRule", "details",
  "summary", "aside", "section", "terms", "term", "meaning",
]
const STRONG_MARKS = ["bold", "italic", "link", "subscript", "superscript"]

/** The attributes that everything may have, and the boxes that paragraphs and asides may be. */
export const Everywhere = Extension.create({
  name: "everywhere",
  addGlobalAttributes: () => [
    { types: [...BLOCKS, ...STRONG_MARKS, ...MARKS], attributes: kept(["lang", "dir", "title"]) },
    { types: ["paragraph", "aside"], attributes: kept(["class"]) },
  ],
})

function mark(tag) {
  const bare = tag === "span" ? "span[lang], span[dir], span[title]" : tag
  return Mark.create({
    name: tag,
    parseHTML: () => [{ tag: bare }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  })
}

export const [Code, Keys, Abbreviation, Definition, Quote, Span, Isolated, Under, Struck, Marked] = MARKS.map(mark)

function block(name, tag, content, options = {}) {
  return Node.create({
    name, content, group: "block", defining: true,
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
    ...options,
  })
}

/* A summary that folds its details away at a click cannot be written in: plain boxes stand for them. */
const box = tag => ({
  addNodeView: () => () => {
    const dom = document.createElement("div")
    dom.className = tag
    return { dom, contentDOM: dom }
  },
})

export const Details = block("details", "details", "summary? block+", { isolating: true, ...box("details") })
export const Summary = block("summary", "summary", "inline*", { group: "", ...box("summary") })
export const Aside = block("aside", "aside", "block+")
export const Section = block("section", "section", "block+")
export const Terms = block("terms", "dl", "(term | meaning)+")
export const Term = block("term", "dt", "inline*", { group: "" })
export const Meaning = block("meaning", "dd", "block+", { group: "" })

export const Image = more(PlainImage, kept(["loading"]))
export const OrderedList = more(PlainOrderedList, kept(["type"]))
export const TableHeader = more(PlainHeader, kept(["scope"]))

/** Rows know the part of the table they belong to; the server puts them there. */
export const TableRow = more(PlainRow, {
  part: {
    default: "tbody",
    parseHTML: row => row.dataset.part ?? row.parentElement?.localName ?? "tbody",
    renderHTML: ({ part }) => (part === "tbody" ? {} : { "data-part": part }),
  },
})

/** A table keeps its caption. Nothing of its looks is written: our style sheet draws it. */
export const Table = PlainTable.extend({
  addAttributes() {
    const caption = table => table.querySelector(":scope > caption")?.outerHTML ?? null
    return { ...this.parent?.(), caption: { default: null, rendered: false, parseHTML: caption } }
  },
  parseHTML: () => [{ tag: "caption", ignore: true }, { tag: "table" }],
  renderHTML({ node, HTMLAttributes }) {
    const { style, ...attributes } = HTMLAttributes
    const rows = ["tbody", 0]
    return node.attrs.caption ? ["table", attributes, element(node.attrs.caption), rows] : ["table", attributes, rows]
  },
})

/* What cannot be written in here stays as it is, in one piece. */
const whole = {
  atom: true,
  addAttributes: () => ({ html: { default: "", rendered: false, parseHTML: each => each.outerHTML } }),
  renderHTML: ({ node }) => element(node.attrs.html),
}

export const Formula = Node.create({
  name: "formula", group: "inline", inline: true, ...whole,
  parseHTML: () => [{ tag: "math" }],
})
export const Whole = Node.create({
  name: "whole", group: "block", ...whole, priority: 1000,
  parseHTML: () => [
    { tag: "math[display=block]", getAttrs: math => math.parentElement?.localName !== "p" && {} },
    { tag: "figure", getAttrs: figure => !isPicture(figure) && {} },
    { tag: "pre", getAttrs: pre => Boolean(pre.querySelector(":not(code)")) && {} },
  ],
})

function isPicture(figure) {
  const [first, second, ...rest] = figure.children
  return first?.localName === "img" && (!second || second.localName === "figcaption") && !rest.length
}

function element(html) {
  const template = document.createElement("template")
  template.innerHTML = html
  return template.content.firstElementChild ?? document.createElement("p")
}
