#!/usr/bin/env python3
"""One source for the colour tokens: writes ../tokens.css and prints a contrast report.

Colours are written in OKLCH (even steps for the eye), emitted as hex (works in every
browser), and every text/background pair that the components use is checked.
Exit status 1 when any pair misses its floor, so CI can run this file as a gate.
"""

import math
import pathlib
import sys


def oklch(l, c, h):
    h = math.radians(h)
    a, b = c * math.cos(h), c * math.sin(h)
    l_, m_, s_ = (
        l + 0.3963377774 * a + 0.2158037573 * b,
        l - 0.1055613458 * a - 0.0638541728 * b,
        l - 0.0894841775 * a - 1.2914855480 * b,
    )
    l3, m3, s3 = l_**3, m_**3, s_**3
    rgb = (
        4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
        -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
        -0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3,
    )
    return rgb


def in_gamut(rgb):
    return all(-1e-4 <= x <= 1 + 1e-4 for x in rgb)


def hexof(l, c, h):
    """OKLCH to #rrggbb, lowering chroma until the colour fits sRGB."""
    while c > 0 and not in_gamut(oklch(l, c, h)):
        c -= 0.002
    out = []
    for x in oklch(l, max(c, 0), h):
        x = min(max(x, 0), 1)
        x = 12.92 * x if x <= 0.0031308 else 1.055 * x ** (1 / 2.4) - 0.055
        out.append(round(x * 255))
    return "#%02x%02x%02x" % tuple(out)


def lum(hx):
    v = []
    for i in (1, 3, 5):
        x = int(hx[i : i + 2], 16) / 255
        v.append(x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4)
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]


def ratio(a, b):
    a, b = sorted((lum(a), lum(b)), reverse=True)
    return (a + 0.05) / (b + 0.05)


# hue anchors -----------------------------------------------------------------
PAPER, INK, SPRUCE, MARI = 85, 195, 172, 78
OK, WARN, BAD, INFO = 150, 70, 25, 245

LIGHT = {
    "paper": (0.979, 0.006, PAPER),  # page
    "surface": (1, 0, 0),  # cards, tables, inputs
    "sunken": (0.955, 0.008, PAPER),  # wells, table heads, code
    "raised": (1, 0, 0),  # popovers, dialogs
    "line": (0.900, 0.010, PAPER),  # decorative rules
    "line-strong": (0.595, 0.020, INK),  # control borders, 3:1
    "ink": (0.245, 0.030, INK),
    "ink-2": (0.405, 0.026, INK),  # secondary text, 7:1
    "ink-3": (0.500, 0.022, INK),  # hints and meta, 4.5:1
    "primary": (0.440, 0.085, SPRUCE),
    "primary-hover": (0.375, 0.075, SPRUCE),
    "on-primary": (1, 0, 0),
    "primary-soft": (0.945, 0.028, SPRUCE),
    "primary-text": (0.420, 0.085, SPRUCE),  # links and active labels on paper
    "accent": (0.815, 0.150, MARI),  # "you are here" and "next"
    "on-accent": (0.255, 0.045, 70),
    "accent-soft": (0.955, 0.042, 88),
    "accent-text": (0.440, 0.090, 70),
    "ok": (0.480, 0.120, OK),
    "on-ok": (1, 0, 0),
    "ok-soft": (0.950, 0.040, OK),
    "ok-text": (0.410, 0.100, OK),
    "warn": (0.600, 0.130, WARN),
    "on-warn": (1, 0, 0),
    "warn-soft": (0.955, 0.042, 80),
    "warn-text": (0.430, 0.095, 65),
    "bad": (0.510, 0.190, BAD),
    "on-bad": (1, 0, 0),
    "bad-soft": (0.955, 0.024, BAD),
    "bad-text": (0.455, 0.170, BAD),
    "info": (0.500, 0.120, INFO),
    "on-info": (1, 0, 0),
    "info-soft": (0.952, 0.024, INFO),
    "info-text": (0.430, 0.110, INFO),
    "focus": (0.245, 0.030, INK),
    "focus-gap": (0.870, 0.160, 95),
    "backdrop": (0.245, 0.030, INK),
}
DARK = {
    "paper": (0.190, 0.014, INK),
    "surface": (0.228, 0.016, INK),
    "sunken": (0.165, 0.013, INK),
    "raised": (0.262, 0.018, INK),
    "line": (0.325, 0.018, INK),
    "line-strong": (0.590, 0.022, INK),
    "ink": (0.950, 0.008, PAPER),
    "ink-2": (0.835, 0.012, PAPER),
    "ink-3": (0.720, 0.014, INK),
    "primary": (0.760, 0.105, SPRUCE),
    "primary-hover": (0.830, 0.100, SPRUCE),
    "on-primary": (0.190, 0.030, SPRUCE),
    "primary-soft": (0.305, 0.045, SPRUCE),
    "primary-text": (0.815, 0.100, SPRUCE),
    "accent": (0.825, 0.145, MARI),
    "on-accent": (0.235, 0.045, 70),
    "accent-soft": (0.315, 0.050, 80),
    "accent-text": (0.870, 0.115, 84),
    "ok": (0.760, 0.130, OK),
    "on-ok": (0.190, 0.030, OK),
    "ok-soft": (0.300, 0.048, OK),
    "ok-text": (0.840, 0.110, OK),
    "warn": (0.790, 0.135, WARN),
    "on-warn": (0.215, 0.040, WARN),
    "warn-soft": (0.315, 0.050, 72),
    "warn-text": (0.865, 0.105, 78),
    "bad": (0.720, 0.145, BAD),
    "on-bad": (0.190, 0.040, BAD),
    "bad-soft": (0.300, 0.065, BAD),
    "bad-text": (0.840, 0.085, BAD),
    "info": (0.740, 0.110, INFO),
    "on-info": (0.190, 0.035, INFO),
    "info-soft": (0.300, 0.050, INFO),
    "info-text": (0.840, 0.080, INFO),
    "focus": (0.950, 0.008, PAPER),
    "focus-gap": (0.560, 0.120, 95),
    "backdrop": (0.100, 0.010, INK),
}
# charts: order is fixed; neighbours differ in lightness too, so they survive
# colour-blindness and grey printing; always paired with a label or a pattern.
DATA_L = [
    (0.480, 0.095, SPRUCE),
    (0.655, 0.140, 68),
    (0.455, 0.140, 285),
    (0.620, 0.140, 20),
    (0.560, 0.110, 240),
    (0.430, 0.070, 110),
]
DATA_D = [
    (0.770, 0.110, SPRUCE),
    (0.860, 0.140, 84),
    (0.700, 0.130, 290),
    (0.740, 0.130, 22),
    (0.660, 0.110, 240),
    (0.830, 0.090, 118),
]
# course cover hues: two tones each, light theme / dark theme use the same pair
COVERS = {
    "spruce": 172,
    "sea": 215,
    "sky": 245,
    "iris": 285,
    "plum": 325,
    "rose": 8,
    "clay": 40,
    "amber": 75,
    "moss": 125,
    "slate": 230,
}


def build():
    light = {k: hexof(*v) for k, v in LIGHT.items()}
    dark = {k: hexof(*v) for k, v in DARK.items()}
    for i, (l, d) in enumerate(zip(DATA_L, DATA_D), 1):
        light[f"data-{i}"], dark[f"data-{i}"] = hexof(*l), hexof(*d)
    covers = {}
    for n, h in COVERS.items():
        c = 0.028 if n == "slate" else 0.085
        covers[n] = (
            hexof(0.395, c, h),
            hexof(0.485, c * 1.15, h),
            hexof(0.800, min(c * 1.1, 0.1), h),
        )
    return light, dark, covers


# (text, background, floor, what it is)
T = 4.5
U = 3.0
AAA = 7.0
PAIRS = [
    ("ink", "paper", AAA, "body text"),
    ("ink", "surface", AAA, "body text on card"),
    ("ink", "sunken", AAA, "text in well"),
    ("ink", "raised", AAA, "text in popover"),
    ("ink-2", "paper", AAA, "secondary text"),
    ("ink-2", "surface", AAA, "secondary text on card"),
    ("ink-2", "sunken", AAA, "table head"),
    ("ink-3", "paper", T, "hint"),
    ("ink-3", "surface", T, "hint on card"),
    ("ink-3", "sunken", T, "hint in well"),
    ("ink-3", "raised", T, "hint in popover"),
    ("primary-text", "paper", T, "link"),
    ("primary-text", "surface", T, "link on card"),
    ("primary-text", "sunken", T, "link in well"),
    ("primary-text", "primary-soft", T, "chip, active nav"),
    ("ink", "primary-soft", AAA, "text on selected row"),
    ("ink-2", "primary-soft", T, "secondary on selected row"),
    ("on-primary", "primary", T, "primary button"),
    ("on-primary", "primary-hover", T, "primary button hover"),
    ("on-accent", "accent", T, "accent button, next marker"),
    ("accent-text", "accent-soft", T, "accent chip"),
    ("accent-text", "surface", T, "accent label"),
    ("ink", "accent-soft", AAA, "callout text"),
    ("ok-text", "ok-soft", T, "ok chip"),
    ("warn-text", "warn-soft", T, "warning chip"),
    ("bad-text", "bad-soft", T, "error chip"),
    ("info-text", "info-soft", T, "info chip"),
    ("ok-text", "surface", T, "ok text"),
    ("warn-text", "surface", T, "warning text"),
    ("bad-text", "surface", T, "error text"),
    ("info-text", "surface", T, "info text"),
    ("bad-text", "paper", T, "error text on page"),
    ("ink", "ok-soft", AAA, "message text"),
    ("ink", "warn-soft", AAA, "message text"),
    ("ink", "bad-soft", AAA, "message text"),
    ("ink", "info-soft", AAA, "message text"),
    ("on-ok", "ok", T, "done marker"),
    ("on-bad", "bad", T, "danger button"),
    ("on-info", "info", T, "info badge"),
    ("line-strong", "surface", U, "input border"),
    ("line-strong", "paper", U, "input border on page"),
    ("line-strong", "sunken", U, "border in well"),
    ("primary", "paper", U, "progress bar, icon"),
    ("primary", "surface", U, "progress ring"),
    ("primary", "sunken", U, "progress on track"),
    ("ok", "surface", U, "done dot"),
    ("bad", "surface", U, "error border"),
    ("focus", "paper", U, "focus ring"),
    ("focus", "surface", U, "focus ring on card"),
    ("focus", "sunken", U, "focus ring in well"),
    ("focus", "primary-soft", U, "focus ring on chip"),
    ("focus", "focus-gap", U, "ring against its gap"),
] + [(f"data-{i}", "surface", U, f"chart series {i}") for i in range(1, 7)]

ALPHA_SHADOW = {"light": "24 40 42", "dark": "0 0 0"}


def css(light, dark, covers):
    w = []
    w.append("/* tokens.css - made by tools/gen_tokens.py: change the script, not this file. */")
    w.append("@layer tokens {")
    w.append("  :root {\n    color-scheme: light;")
    w += [f"    --{k}: {v};" for k, v in light.items()]
    w.append(f"    --shade: {ALPHA_SHADOW['light']};")
    for n, (a, b, c) in covers.items():
        w.append(f"    --cover-{n}-1: {a}; --cover-{n}-2: {b}; --cover-{n}-3: {c};")
    w.append(STATIC.rstrip())
    w.append("  }")
    body = (
        ["color-scheme: dark;"]
        + [f"--{k}: {v};" for k, v in dark.items()]
        + [f"--shade: {ALPHA_SHADOW['dark']};"]
    )
    w.append('  @media (prefers-color-scheme: dark) {\n    :root:not([data-theme="light"]) {')
    w += ["      " + x for x in body]
    w.append("    }\n  }")
    w.append('  :root[data-theme="dark"] {')
    w += ["    " + x for x in body]
    w.append("  }")
    w.append("}")
    return "\n".join(w) + "\n"


STATIC = """
    /* type: one family, sizes fluid between 360 px and 1280 px */
    --font: "Atkinson Hyperlegible Next", "Atkinson fallback", system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif;
    --mono: ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, monospace;
    --text-xs: 0.8125rem;                                  /* 13: never for sentences */
    --text-s: 0.9375rem;                                   /* 15 */
    --text-m: 1.0625rem;                                   /* 17: body */
    --text-l: clamp(1.125rem, 1.09rem + 0.17vw, 1.25rem);  /* 18-20 */
    --text-xl: clamp(1.3125rem, 1.24rem + 0.33vw, 1.5rem); /* 21-24 */
    --text-2xl: clamp(1.5625rem, 1.42rem + 0.65vw, 2rem);  /* 25-32 */
    --text-3xl: clamp(1.875rem, 1.58rem + 1.3vw, 2.75rem); /* 30-44 */
    --leading: 1.55;
    --leading-tight: 1.2;
    --measure: 68ch;
    --weight-text: 400;
    --weight-strong: 650;
    --weight-title: 720;

    /* space: steps of 4 px */
    --s1: 0.25rem; --s2: 0.5rem; --s3: 0.75rem; --s4: 1rem; --s5: 1.5rem;
    --s6: 2rem; --s7: 3rem; --s8: 4rem; --s9: 6rem;
    --gutter: clamp(1rem, 0.6rem + 1.8vw, 2rem);

    /* shape */
    --r1: 0.375rem; --r2: 0.625rem; --r3: 1rem; --r-full: 999px;
    --hair: 1px;
    --stroke: 2px;
    --target: 2.75rem;      /* 44 px controls */
    --target-min: 1.5rem;   /* 24 px, WCAG 2.2 2.5.8 floor */

    /* depth: two steps only */
    --lift-1: 0 1px 2px rgb(var(--shade) / 0.06), 0 1px 1px rgb(var(--shade) / 0.04);
    --lift-2: 0 12px 32px rgb(var(--shade) / 0.18), 0 2px 6px rgb(var(--shade) / 0.10);

    /* motion */
    --fast: 120ms; --calm: 240ms;
    --ease: cubic-bezier(0.2, 0, 0, 1);

    /* frame */
    --bar: 3.75rem;
    --tabbar: 4rem;
    --rail: 20rem;
    --page: 78rem;
"""

if __name__ == "__main__":
    light, dark, covers = build()
    out = pathlib.Path(__file__).resolve().parent.parent / "tokens.css"
    out.write_text(css(light, dark, covers))
    bad = 0
    print("| foreground on background | use | floor | light | dark |\n|---|---|---|---|---|")
    for f, b, floor, use in PAIRS:
        r1, r2 = ratio(light[f], light[b]), ratio(dark[f], dark[b])
        m = lambda r: f"{r:.2f}" + ("" if r >= floor else " **FAIL**")
        bad += (r1 < floor) + (r2 < floor)
        print(f"| {f} on {b} | {use} | {floor} | {m(r1)} | {m(r2)} |")
    print(
        "\n| cover | dark tone | mid tone | white on dark | white on mid | light tone on dark |\n|---|---|---|---|---|---|"
    )
    for n, (a, b, c) in covers.items():
        r = [ratio("#ffffff", a), ratio("#ffffff", b), ratio(c, a)]
        bad += (r[0] < T) + (r[1] < T) + (r[2] < U)
        print(f"| {n} | {a} | {b} | {r[0]:.2f} | {r[1]:.2f} | {r[2]:.2f} |")
    print("\n| token | light | dark |\n|---|---|---|")
    for k in light:
        print(f"| {k} | {light[k]} | {dark[k]} |")
    print(f"\n{bad} pairs under their floor", file=sys.stderr)
    sys.exit(bool(bad))
