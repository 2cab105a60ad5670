/* SCORM 1.2 run-time: finds the API, and works without one. */
"use strict"
const scorm = {
  api: null,
  start() {
    for (let frame = window, steps = 0; frame && steps < 20; steps++) {
      try {
        if (frame.API) { this.api = frame.API; break }
      } catch { break }
      if (frame.parent === frame) frame = frame.opener
      else frame = frame.parent
    }
    return Boolean(this.api) && String(this.api.LMSInitialize("")) === "true"
  },
  get(name) { return this.api ? String(this.api.LMSGetValue(name)) : "" },
  set(name, value) { if (this.api) this.api.LMSSetValue(name, String(value)) },
  save() { return this.api ? String(this.api.LMSCommit("")) === "true" : false },
  finish() {
    if (this.api) this.api.LMSFinish("")
    this.api = null
  },
}
