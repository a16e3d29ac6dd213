// Owns the preview of a page: it comes again when its files are saved, and shows what is wrong with them.
"use strict";
const mark = document.currentScript.dataset.mark;
const changes = new EventSource("/-/changes");

const overlay = document.createElement("section");
overlay.className = "caveat-faults caveat-overlay";
overlay.setAttribute("role", "alert");
overlay.hidden = true;
const heading = document.createElement("h1");
heading.textContent = "The advisories have faults";
const note = document.createElement("p");
note.textContent = "Behind this is the last state without any.";
const faults = document.createElement("pre");
faults.tabIndex = 0;
overlay.append(heading, note, faults);

changes.addEventListener("good", (event) => {
  overlay.hidden = true;
  if (event.data !== mark) location.reload();
});

changes.addEventListener("faults", (event) => {
  const page = document.querySelector("main.caveat-faults pre");
  if (page) {
    page.textContent = event.data;
    return;
  }
  faults.textContent = event.data;
  overlay.hidden = false;
  if (!overlay.isConnected) document.body.append(overlay);
});

// A browser keeps few connections to one host: a page that is left gives its own back.
addEventListener("pagehide", () => changes.close());
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
