// Where one writes: the text field, what it answers or corrects, the command list, the bot's own keyboard.

import { glimpse, senderName } from "./bubble.js";
import { el, icon, iconButton } from "./el.js";
import { replyKeyboard } from "./keyboards.js";
import { say } from "./texts.js";

const TALLEST_PX = 160;
const touch = matchMedia("(pointer: coarse)");

export class Composer {
  /** `owner` answers: group, send(text, replyTo), correct(message, text), correctLast(), key(button), attach(), voice(). */
  constructor(owner) {
    this.owner = owner;
    this.context = null;
    this.commands = [];
    this.markup = undefined;
    this.folded = false;
    this.input = el("textarea", {
      rows: 1,
      class: "input",
      placeholder: say("write"),
      "aria-label": say("write"),
      data: { input: "" },
      enterkeyhint: "send",
    });
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.about = el("div", { class: "about", hidden: true });
    this.menu = el("div", { class: "commands", role: "menu", "aria-label": say("commands"), hidden: true });
    this.board = el("div", { class: "board", hidden: true });
    this.slash = iconButton("slash", say("commands"), "commands", () => this.#toggleMenu(), "ghost");
    this.keys = iconButton("keys", say("keyboard"), "keyboard", () => this.#fold(!this.folded), "ghost");
    const attach = iconButton("attach", say("attach"), "attach", () => owner.attach());
    const voice = iconButton("mic", say("record"), "voice", () => owner.voice(), "accent when-empty");
    const send = iconButton("send", say("send"), "send", () => this.#send(), "accent when-written");
    const field = el("div", { class: "field" }, this.input, this.slash, this.keys);
    this.line = el("div", { class: "line" }, attach, field, voice, send);
    this.root = el("footer", { class: "composer empty" }, this.menu, this.about, this.line, this.board);
    this.setCommands([]);
    this.setKeyboard(null);
  }

  setCommands(commands) {
    this.commands = commands ?? [];
    this.slash.hidden = !this.commands.length;
  }

  /** Show the bot's keyboard; a keyboard that is the same as before stays as it was left. */
  setKeyboard(markup) {
    if (JSON.stringify(markup) === JSON.stringify(this.markup)) return;
    this.markup = markup;
    const shown = Boolean(markup?.keyboard?.length);
    this.board.replaceChildren(...(shown ? [replyKeyboard(markup, (button) => this.#pressKey(button))] : []));
    this.keys.hidden = !shown;
    this.input.placeholder = markup?.input_field_placeholder ?? say("write");
    this.#fold(!shown);
    if (markup?.force_reply && !touch.matches) this.input.focus({ preventScroll: true });
  }

  #pressKey(button) {
    if (this.markup?.one_time_keyboard) this.#fold(true);
    this.owner.key(button);
  }

  #fold(folded) {
    this.folded = folded;
    this.board.hidden = folded;
    this.keys.setAttribute("aria-expanded", String(!folded));
  }

  reply(message) {
    this.#about({ reply: message }, "reply", senderName(message), glimpse(message));
  }

  edit(message) {
    this.#about({ edit: message }, "edit", say("editing"), glimpse(message));
    this.write(message.text ?? message.caption ?? "");
  }

  #about(context, picture, title, words) {
    this.context = context;
    const close = iconButton("close", say("cancel"), "cancel", () => this.clear());
    this.about.replaceChildren(icon(picture), el("span", {}, el("b", {}, title), el("span", {}, words)), close);
    this.about.hidden = false;
    this.input.focus({ preventScroll: true });
  }

  /** The id of the message that the next thing sent answers, if any. */
  get replyTo() {
    return this.context?.reply?.message_id;
  }

  clear() {
    if (this.context?.edit) this.write("");
    this.context = null;
    this.about.hidden = true;
  }

  write(text) {
    this.input.value = text;
    this.#typed();
  }

  #typed() {
    const { input } = this;
    this.root.classList.toggle("empty", !input.value.trim());
    // Empty, it has the height that the style gives it, whatever the size of the letters.
    input.style.height = "";
    if (input.value) input.style.height = `${Math.min(input.scrollHeight, TALLEST_PX)}px`;
    if (/^\/\w*$/.test(input.value)) this.#showMenu(input.value.slice(1));
    else this.menu.hidden = true;
  }

  #key(event) {
    // While a Chinese word is being put together, Enter belongs to the input method.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      this.menu.hidden = true;
      this.clear();
    }
    if (event.key === "ArrowUp" && !this.input.value) this.owner.correctLast();
    if (event.key !== "Enter" || event.shiftKey || touch.matches) return;
    event.preventDefault();
    this.#send();
  }

  async #send() {
    const text = this.input.value.trim();
    if (!text) return;
    const { context } = this;
    this.write("");
    this.context = null;
    this.about.hidden = true;
    if (!touch.matches) this.input.focus({ preventScroll: true });
    const done = await (context?.edit
      ? this.owner.correct(context.edit, text)
      : this.owner.send(text, context?.reply?.message_id));
    // What was refused is not lost: it stands in the field again.
    if (!done && !this.input.value) this.write(text);
  }

  #toggleMenu() {
    if (this.menu.hidden) this.#showMenu("");
    else this.menu.hidden = true;
  }

  #showMenu(begun) {
    const fitting = this.commands.filter(({ command }) => command.startsWith(begun));
    this.menu.hidden = !fitting.length;
    this.menu.replaceChildren(...fitting.map((item) => this.#command(item)));
  }

  #command({ command, description, bot }) {
    const full = this.owner.group ? `/${command}@${bot}` : `/${command}`;
    const choose = () => {
      this.menu.hidden = true;
      this.write("");
      this.owner.send(full);
    };
    return el(
      "button",
      { type: "button", role: "menuitem", data: { command }, onclick: choose },
      el("b", {}, `/${command}`),
      el("span", {}, description),
    );
  }
}
