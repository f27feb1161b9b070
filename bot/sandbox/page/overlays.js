// What lies over a talk for a moment: a notice, an alert that wants an answer, a sheet with choices, a picture in full.

import { el, iconButton, textButton } from "./el.js";
import { say } from "./texts.js";

const NOTICE_MS = 3500;
const PER_LETTER_MS = 60;

/** A line that goes by itself; longer texts stay longer. */
export function notice(host, text, look = "") {
  for (const old of host.querySelectorAll(":scope > .notice")) old.remove();
  const node = el("div", { class: `notice ${look}`, role: "status", data: { toast: "" } }, text);
  host.append(node);
  setTimeout(() => node.remove(), NOTICE_MS + text.length * PER_LETTER_MS);
}

function over(host, box, close) {
  const before = document.activeElement;
  const veil = el("div", { class: "veil" }, box);
  const behind = [...host.children].filter((child) => !child.inert);
  for (const child of behind) child.inert = true;
  const done = () => {
    if (!veil.isConnected) return;
    veil.remove();
    for (const child of behind) child.inert = false;
    before?.focus?.({ preventScroll: true });
    close?.();
  };
  veil.addEventListener("click", (event) => event.target === veil && done());
  veil.addEventListener("keydown", (event) => event.key === "Escape" && done());
  host.append(veil);
  return done;
}

/** An alert as a bot shows it; the promise is done when it has been read. */
export function alertBox(host, text) {
  return new Promise((resolve) => {
    const ok = textButton(say("ok"), "alert-ok", () => done(), "main");
    const box = el(
      "div",
      { class: "alert", role: "alertdialog", "aria-label": text, data: { alert: "" } },
      el("p", {}, text),
      ok,
    );
    const done = over(host, box, resolve);
    ok.focus();
  });
}

/** A sheet from below. `content(close)` gives what stands in it. */
export function sheet(host, title, content, onClose) {
  const head = el("header", {}, el("h2", {}, title));
  const box = el("section", { class: "sheet", role: "dialog", "aria-label": title, tabindex: "-1" }, head);
  const done = over(host, box, onClose);
  head.append(iconButton("close", say("close"), "close", done));
  box.append(content(done));
  (box.querySelector("[data-first]") ?? box).focus({ preventScroll: true });
  return done;
}

export function fullPicture(host, url) {
  const close = () => done();
  const picture = el("img", { src: url, alt: say("photo") });
  const box = el(
    "div",
    { class: "full", role: "dialog", "aria-label": say("photo"), onclick: close },
    picture,
    iconButton("close", say("close"), "close", close, "dark"),
  );
  const done = over(host, box);
  box.querySelector("button").focus();
}
