// The messages of one open chat: what is there, in order, and what changes while one looks.

import { dayRow, glimpse, messageRow, serviceKind, serviceRow } from "./bubble.js";
import { el, icon, iconButton } from "./el.js";
import { say } from "./texts.js";
import { dayOf } from "./time.js";
import { get, listed } from "./wire.js";

const SHOWN_AT_ONCE = 300;
const KEPT = 5000;
const FAR_FROM_END = 120;
const SAME_BREATH_SECONDS = 600;

export class Talk {
  /** `owner` answers: path, group, links, topics, press, reply, edit, isMine. */
  constructor(owner) {
    this.owner = owner;
    this.messages = new Map();
    this.rows = new Map();
    this.shown = SHOWN_AT_ONCE;
    this.missed = 0;
    this.pinnedId = null;
    this.meanwhile = null;
    this.list = el("div", { class: "list", role: "log", "aria-live": "polite" });
    this.scroll = el("div", { class: "scroll", tabindex: "-1" }, this.list);
    this.scroll.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.jump = iconButton("down", say("to_newest"), "newest", () => this.toEnd(), "jump");
    this.jump.hidden = true;
    this.pinBar = el("div", { class: "pin-bar", hidden: true });
    this.root = el("div", { class: "talk" }, this.pinBar, this.scroll, this.jump);
  }

  async load() {
    // What happens while the answer is on its way is newer than the answer.
    this.meanwhile = new Map();
    const messages = listed(await get(`${this.owner.path}/messages?limit=${KEPT}`), "messages");
    this.messages = new Map(messages.map((message) => [message.message_id, message]));
    for (const [id, message] of this.meanwhile) {
      if (message) this.messages.set(id, message);
      else this.messages.delete(id);
    }
    this.meanwhile = null;
    this.#drawAll();
  }

  #drawAll() {
    const all = this.#grouped();
    const rows = all.slice(-this.shown);
    const hidden = all.slice(0, -this.shown).reduce((sum, group) => sum + group.length, 0);
    this.rows = new Map();
    const nodes = rows.map((group) => this.#row(group));
    this.list.replaceChildren(...(hidden > 0 ? [this.#earlier(hidden)] : []), ...nodes);
    this.#arrange();
    this.#drawPin();
  }

  #grouped() {
    const groups = new Map();
    const wanted = [...this.messages.values()].filter((message) => this.owner.topics.shows(message));
    for (const message of wanted.sort((a, b) => a.message_id - b.message_id)) {
      const key = rowKey(message);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(message);
    }
    return [...groups.values()];
  }

  #earlier(count) {
    const more = () => {
      this.shown += SHOWN_AT_ONCE;
      this.#drawAll();
    };
    return el(
      "button",
      { type: "button", class: "earlier", data: { act: "earlier" }, onclick: more },
      say("earlier", { count }),
    );
  }

  #row(group) {
    const node = serviceKind(group[0]) ? serviceRow(group[0]) : messageRow(group, this.owner);
    this.rows.set(rowKey(group[0]), node);
    node.dataset.date = group[0].date;
    node.dataset.day = dayOf(group[0].date);
    node.dataset.first = group[0].message_id;
    return node;
  }

  /** Show a new or changed message where it belongs; what is already on the screen stays as it is. */
  put(message) {
    const known = this.messages.has(message.message_id);
    this.meanwhile?.set(message.message_id, message);
    this.messages.set(message.message_id, message);
    // An old message that is not on the screen stays off it, whatever happens to it.
    if (!this.owner.topics.shows(message) || (known && !this.rows.has(rowKey(message)))) return;
    this.#redraw(rowKey(message));
    if (message.message_id === this.pinnedId) this.#drawPin();
    if (known) return;
    if (this.owner.isMine(message)) this.toEnd();
    else if (this.#away()) this.#count(this.missed + 1);
  }

  remove(messageId) {
    const message = this.messages.get(messageId);
    this.meanwhile?.set(messageId, null);
    if (!message) return;
    this.messages.delete(messageId);
    this.#redraw(rowKey(message));
    if (messageId === this.pinnedId) this.#drawPin();
  }

  #redraw(key) {
    const group = [...this.messages.values()]
      .filter((message) => rowKey(message) === key)
      .sort((a, b) => a.message_id - b.message_id);
    const old = this.rows.get(key);
    if (!group.length) {
      this.rows.delete(key);
      old?.remove();
    } else {
      const node = this.#row(group);
      if (old) takeOver(old, node);
      else this.#place(node);
    }
    this.#arrange();
  }

  #place(node) {
    const id = Number(node.dataset.first);
    let after = this.list.lastElementChild;
    while (after && !(Number(after.dataset.first) < id)) after = after.previousElementSibling;
    if (after) after.after(node);
    else this.list.prepend(node);
  }

  /** Days between, and which bubbles belong together: read off the order on the screen, changed only where wrong. */
  #arrange() {
    let before = null;
    let mark = null;
    for (const row of [...this.list.children]) {
      if (row.classList.contains("day")) {
        mark?.remove();
        mark = row;
      } else if (row.dataset.first) {
        mark = dayBefore(row, before, mark);
        const joined = Boolean(before) && before.dataset.day === row.dataset.day && sameBreath(before, row);
        row.classList.toggle("follows", joined);
        before?.classList.toggle("led", joined);
        before = row;
      }
    }
    mark?.remove();
    before?.classList.remove("led");
  }

  /** Hang a message above the talk; null takes it down. */
  pin(messageId) {
    this.pinnedId = messageId;
    this.#drawPin();
  }

  #drawPin() {
    const message = this.messages.get(this.pinnedId);
    this.pinBar.hidden = !message;
    if (!message) return;
    const go = () => this.goTo(message.message_id);
    const words = el("span", {}, el("b", {}, say("pinned")), el("span", {}, glimpse(message)));
    this.pinBar.replaceChildren(
      el("button", { type: "button", data: { act: "pinned" }, onclick: go }, icon("tack"), words),
    );
  }

  goTo(messageId) {
    const node = this.list.querySelector(`[data-message="${messageId}"]`);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 1600);
  }

  /** Another topic is looked at. */
  filter() {
    this.#drawAll();
    this.toEnd();
  }

  toEnd() {
    this.scroll.scrollTop = 0;
    this.#count(0);
  }

  // The list is turned upside down by CSS (column-reverse): 0 is the newest end, above it is negative.
  #away() {
    return this.scroll.scrollTop < -FAR_FROM_END;
  }

  #scrolled() {
    this.jump.hidden = !this.#away();
    if (!this.#away()) this.#count(0);
  }

  #count(missed) {
    this.missed = missed;
    this.jump.dataset.count = missed || "";
  }
}

const rowKey = (message) => message.media_group_id ?? message.message_id;

/** See to it that `mark`, the line of a day before `row`, is there exactly when a day begins; null when it is done. */
function dayBefore(row, before, mark) {
  const begins = before?.dataset.day !== row.dataset.day;
  if (mark && (!begins || mark.textContent !== row.dataset.day)) mark.remove();
  else if (mark) return null;
  if (begins) row.before(dayRow(row.dataset.day));
  return null;
}

function sameBreath(before, row) {
  const close = row.dataset.date - before.dataset.date < SAME_BREATH_SECONDS;
  return row.dataset.sender !== undefined && row.dataset.sender === before.dataset.sender && close;
}

/** Put `node` in the place of `old` without a flicker: loaded pictures, playing films and the focus move over. */
function takeOver(old, node) {
  for (const loaded of old.querySelectorAll("[data-file]")) {
    node.querySelector(`[data-file="${CSS.escape(loaded.dataset.file)}"]`)?.replaceWith(loaded);
  }
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const keys = [...old.querySelectorAll("[data-button], [data-act]")];
  old.replaceWith(node);
  if (focused)
    [...node.querySelectorAll("[data-button], [data-act]")][keys.indexOf(focused)]?.focus({ preventScroll: true });
}
