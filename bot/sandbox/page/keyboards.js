// The two keyboards of a bot: buttons under a message, and buttons in place of the letters.

import { el, icon } from "./el.js";

const MARK = { url: "link", login_url: "link", request_location: "pin", request_contact: "person" };

function marked(button) {
  const kind = Object.keys(MARK).find((name) => button[name]);
  return kind && icon(MARK[kind]);
}

/** `onPress(button, node)`: the node shows itself as busy until the returned promise is done. */
export function inlineKeyboard(rows, onPress) {
  const press = async (button, node) => {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    try {
      await onPress(button);
    } finally {
      node.removeAttribute("aria-busy");
    }
  };
  return el(
    "div",
    { class: "inline-keys" },
    rows.map((row) =>
      el(
        "div",
        { class: "key-row" },
        row.map((button) => inlineKey(button, press)),
      ),
    ),
  );
}

function inlineKey(button, press) {
  const look = { type: "button", class: "inline-key", data: { button: button.text } };
  const node = el("button", look, el("span", {}, button.text), marked(button));
  node.addEventListener("click", () => press(button, node));
  return node;
}

/** A keyboard without resize_keyboard takes the height of a telephone's own, as Telegram does. */
export function replyKeyboard(markup, onPress) {
  const rows = markup.keyboard.map((row) =>
    row.map((button) => (typeof button === "string" ? { text: button } : button)),
  );
  const look = `reply-keys ${markup.resize_keyboard ? "resized" : "tall"}`;
  return el(
    "div",
    { class: look, role: "group" },
    rows.map((row) =>
      el(
        "div",
        { class: "key-row" },
        row.map((button) => replyKey(button, onPress)),
      ),
    ),
  );
}

function replyKey(button, onPress) {
  const look = { type: "button", class: "reply-key", data: { button: button.text }, onclick: () => onPress(button) };
  return el("button", look, marked(button), el("span", {}, button.text));
}
