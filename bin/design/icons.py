#!/usr/bin/env python3
"""Own icon set: 24 px grid, 1.75 px round strokes. Writes ../icons.svg (one sprite, cached once)."""

import pathlib

I = {
    "home": '<path d="M4 11.5 12 4l8 7.5"/><path d="M6 10v9.5h12V10"/><path d="M10 19.5v-5h4v5"/>',
    "learn": '<path d="M3.5 6.5C6 5 9.5 5 12 7c2.500-2 6-2 8.500-.5v12c-2.500-1.500-6-1.500-8.500.5-2.500-2-6-2-8.500-.5z"/><path d="M12 7v12"/>',
    "calendar": '<rect x="4" y="5.5" width="16" height="14.500" rx="2.500"/><path d="M4 10h16M8.500 3.500v4M15.500 3.500v4"/>',
    "inbox": '<path d="M4 13.500 6.500 5.500h11L20 13.500v5H4z"/><path d="M4 13.500h4.500l1.500 2.500h4l1.500-2.500H20"/>',
    "person": '<circle cx="12" cy="8.500" r="4"/><path d="M4.500 20c1-4 4-5.500 7.500-5.500s6.500 1.500 7.500 5.500"/>',
    "people": '<circle cx="9" cy="9" r="3.500"/><path d="M2.500 19.500c.7-3.500 3.200-5 6.500-5s5.800 1.500 6.500 5"/><path d="M15 5.800a3.500 3.500 0 0 1 0 6.400M17.500 14.900c2.200.6 3.600 2.100 4 4.600"/>',
    "search": '<circle cx="10.500" cy="10.500" r="6"/><path d="m15 15 5 5"/>',
    "bell": '<path d="M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15z"/><path d="M10 20.500h4"/>',
    "check": '<path d="m5 12.500 4.500 4.500L19 7.500"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "next": '<path d="m9 5 7 7-7 7"/>',
    "back": '<path d="m15 5-7 7 7 7"/>',
    "down": '<path d="m5 9 7 7 7-7"/>',
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "lock": '<rect x="5" y="10.500" width="14" height="9.500" rx="2.500"/><path d="M8.500 10.500V8a3.500 3.500 0 0 1 7 0v2.500"/>',
    "play": '<path d="M8 5.500v13l10.500-6.500z" fill="currentColor"/>',
    "pause": '<path d="M8.500 6v12M15.500 6v12" stroke-width="3"/>',
    "video": '<rect x="3" y="6" width="18" height="12" rx="2.500"/><path d="M10.500 9.500v5l4-2.500z"/>',
    "text": '<path d="M6 3.500h8.500L18.500 8v12.500H6z"/><path d="M9 12h6M9 16h6M14 3.500V8h4.500"/>',
    "quiz": '<circle cx="12" cy="12" r="8.500"/><path d="M9.600 9.600a2.500 2.500 0 1 1 3.300 2.400c-.6.2-.9.700-.9 1.300v.4"/><path d="M12 16.700v.1" stroke-width="2.400"/>',
    "task": '<rect x="5" y="4.500" width="14" height="16" rx="2.500"/><path d="M9 4.500v-1h6v1"/><path d="m9 13 2.200 2.200L15.500 11"/>',
    "talk": '<path d="M4 5.500h16v10.500h-9L6.500 20v-4H4z"/>',
    "live": '<rect x="3" y="6.500" width="12.500" height="11" rx="2.500"/><path d="m15.500 10.500 5-3v9l-5-3z"/>',
    "package": '<path d="m12 3.500 8 4v9l-8 4-8-4v-9z"/><path d="m4 7.500 8 4 8-4M12 11.500v9"/>',
    "download": '<path d="M12 4v11M7 10.500l5 5 5-5M4.500 19.500h15"/>',
    "upload": '<path d="M12 16V5M7 9.500l5-5 5 5M4.500 19.500h15"/>',
    "offline": '<path d="m4 4 16 16M7 16.500a4 4 0 0 1-.5-7.900M10 6.300a5.500 5.500 0 0 1 7.300 4.300 3.700 3.700 0 0 1 1.900 6"/>',
    "cloud": '<path d="M7.500 18a4.500 4.500 0 0 1-.6-8.900 5.500 5.500 0 0 1 10.400 1.500A3.800 3.800 0 0 1 17 18z"/><path d="m9.500 13.500 2 2 3.500-3.500"/>',
    "clock": '<circle cx="12" cy="12" r="8.500"/><path d="M12 7v5l3.500 2"/>',
    "flag": '<path d="M6 21V4M6 4.500c4-1.500 7 2 12 .5v8.500c-5 1.500-8-2-12-.5"/>',
    "star": '<path d="m12 4 2.400 5.100 5.600.7-4.100 3.800 1.100 5.500L12 16.300l-5 2.800 1.100-5.500L4 9.800l5.600-.7z"/>',
    "award": '<circle cx="12" cy="9" r="5.500"/><path d="m8.500 13.500-1.500 7 5-2.500 5 2.500-1.500-7"/>',
    "chart": '<path d="M4 4v16h16"/><path d="M8.500 16v-4M13 16V8M17.500 16v-6"/>',
    "gear": '<circle cx="12" cy="12" r="3"/><path d="M12 3.500v3M12 17.500v3M3.500 12h3M17.500 12h3M6 6l2.100 2.100M15.900 15.900 18 18M18 6l-2.100 2.100M8.100 15.900 6 18"/>',
    "dots": '<path d="M5.500 12v.01M12 12v.01M18.500 12v.01" stroke-width="3"/>',
    "grip": '<path d="M9 6v.01M15 6v.01M9 12v.01M15 12v.01M9 18v.01M15 18v.01" stroke-width="2.600"/>',
    "note": '<path d="M4.500 4.500h15v10l-5 5h-10z"/><path d="M14.500 19.500v-5h5M8 9h8M8 12.500h4"/>',
    "info": '<circle cx="12" cy="12" r="8.500"/><path d="M12 11v5M12 7.800v.1" stroke-width="2.200"/>',
    "alert": '<path d="M12 4 21 19.500H3z"/><path d="M12 10v4.500M12 16.900v.1" stroke-width="2.200"/>',
    "image": '<rect x="4" y="5" width="16" height="14" rx="2.500"/><circle cx="9" cy="10" r="1.500"/><path d="m5 17 5-4.500 3 2.500 3-3 4 4"/>',
    "link": '<path d="M10 14a4 4 0 0 0 6 .5l2.500-2.500a4 4 0 0 0-5.700-5.700L11.500 7.600"/><path d="M14 10a4 4 0 0 0-6-.5L5.500 12a4 4 0 0 0 5.700 5.700l1.300-1.300"/>',
    "list": '<path d="M9 6.500h11M9 12h11M9 17.500h11M4.500 6.500v.01M4.500 12v.01M4.500 17.500v.01" stroke-width="2"/>',
    "eye": '<path d="M2.500 12C5 7.500 8.500 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-6 6.500-9.500 6.500S5 16.500 2.500 12z"/><circle cx="12" cy="12" r="3"/>',
    "pen": '<path d="m5 19 1-4.500L16.500 4l3.500 3.500L9.500 18z"/><path d="m14 6.500 3.500 3.500"/>',
    "trash": '<path d="M5 7h14M9.500 7V4.500h5V7M7 7l1 13h8l1-13M10.500 11v5.500M13.500 11v5.500"/>',
    "sort": '<path d="M8 5v14M4.500 15.500 8 19l3.500-3.500M16 19V5M12.500 8.500 16 5l3.500 3.500"/>',
    "mail": '<rect x="3.500" y="5.500" width="17" height="13" rx="2.500"/><path d="m4 8 8 5.500L20 8"/>',
    "filter": '<path d="M4 6h16l-6 7v5.500l-4 1.500v-7z"/>',
    "globe": '<circle cx="12" cy="12" r="8.500"/><path d="M3.500 12h17M12 3.500c-5 5-5 12 0 17M12 3.500c5 5 5 12 0 17"/>',
    "moon": '<path d="M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z"/>',
    "captions": '<rect x="3.500" y="5.500" width="17" height="13" rx="2.500"/><path d="M10.500 10.700a2 2 0 1 0 0 2.600M16.500 10.700a2 2 0 1 0 0 2.600"/>',
    "printer": '<path d="M7 9V4h10v5M7 17H4.500V9h15v8H17"/><rect x="7" y="14" width="10" height="6"/>',
    "seat": '<path d="M5 19.500h14M7 19.500V13h10v6.500M7 13V5.500h10V13"/>',
    "bold": '<path d="M7.500 5h5a3.500 3.500 0 0 1 0 7h-5zM7.500 12h6a3.500 3.500 0 0 1 0 7h-6z" stroke-width="2.200"/>',
    "italic": '<path d="M10 5h6M8 19h6M13.500 5l-3 14"/>',
    "formula": '<path d="M17 6V4.500H7L12.500 12 7 19.500h10V18"/>',
    "table": '<rect x="4" y="5" width="16" height="14" rx="2"/><path d="M4 10h16M4 14.500h16M10 10v9"/>',
    "a11y": '<circle cx="12" cy="12" r="8.500"/><circle cx="12" cy="8" r=".6" fill="currentColor"/><path d="M8 10.500c2.500.8 5.500.8 8 0M12 11v3l-2 4M12 14l2 4"/>',
    "school": '<path d="m2.500 9.500 9.500-5 9.500 5-9.500 5z"/><path d="M6.500 12v4.500c3.500 2.500 7.500 2.500 11 0V12M21.500 9.500V15"/>',
}
MARK = '<symbol id="mark" viewBox="0 0 28 28"><rect width="28" height="28" rx="8" fill="#01614d"/><path d="M9 6.500v11.500a3.500 3.500 0 0 0 3.500 3.500H19" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/><circle cx="9" cy="8" r="3" fill="#fff"/><circle cx="20" cy="21.300" r="3.400" fill="#f7b53d"/></symbol>'
out = (
    '<svg xmlns="http://www.w3.org/2000/svg">'
    + MARK
    + "".join(f'<symbol id="{k}" viewBox="0 0 24 24">{v}</symbol>' for k, v in I.items())
    + "</svg>\n"
)
import re

out = re.sub(r"(\.\d*?[1-9])0+(?=\D)", r"\1", out)
p = pathlib.Path(__file__).resolve().parent.parent / "icons.svg"
p.write_text(out)
print(len(I), "icons", len(out), "bytes")
