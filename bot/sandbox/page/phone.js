// One person's telephone: the list of chats, and the chat that is open.

import { avatar, el, icon } from "./el.js";
import { Chat } from "./chat.js";
import { glimpse, senderId, senderName, serviceKind } from "./bubble.js";
import { say } from "./texts.js";
import { shortMoment } from "./time.js";
import { post } from "./wire.js";

export class Phone {
  constructor(person, town) {
    this.person = person;
    this.town = town;
    person.watching = null;
    this.views = new Map();
    this.items = new Map();
    this.list = el("ul", { class: "chats" });
    this.stage = el("div", { class: "stage" }, el("p", { class: "nothing" }, say("choose_chat")));
    const strip = el(
      "header",
      { class: "strip" },
      avatar(person.id, person.name, "small"),
      el("b", {}, person.name),
      el("span", { class: "label" }, person.record.label),
    );
    const body = el(
      "div",
      { class: "phone-body" },
      el("nav", { class: "chat-list", "aria-label": say("chats") }, this.list),
      this.stage,
    );
    this.root = el(
      "section",
      {
        class: "phone",
        "aria-label": `${person.name} ${person.record.label ?? ""}`,
        data: { person: person.id, view: "list" },
      },
      strip,
      body,
    );
    this.watcher = () => this.#drawList();
    person.watchers.add(this.watcher);
    this.#drawList();
    const last = sessionStorage.getItem(this.#key);
    if (last && person.chat(last)) this.show(last);
  }

  get #key() {
    return `open:${this.person.id}`;
  }

  leave() {
    this.person.watching = null;
    this.person.watchers.delete(this.watcher);
    this.root.remove();
  }

  #drawList() {
    const keep = new Set();
    for (const [place, record] of this.person.chats.entries()) {
      const id = String(record.chat);
      keep.add(id);
      const mark = JSON.stringify([record.title, this.person.unreadIn(record), record.last, id === this.open]);
      const known = this.items.get(id);
      const node = known?.mark === mark ? known.node : this.#item(record, id);
      if (known && known.node !== node) known.node.replaceWith(node);
      this.items.set(id, { mark, node });
      if (this.list.children[place] !== node) this.list.insertBefore(node, this.list.children[place] ?? null);
      this.views.get(id)?.update(record);
    }
    for (const [id, { node }] of this.items) {
      if (keep.has(id)) continue;
      node.remove();
      this.items.delete(id);
    }
    this.#elsewhere();
    if (this.person.moved.has(this.open)) this.show(this.person.moved.get(this.open));
  }

  #item(record, id) {
    const { last } = record;
    const unread = this.person.unreadIn(record);
    const speaker =
      record.type !== "private" && last?.from && !serviceKind(last) && senderId(last) !== this.person.id
        ? `${senderName(last)}: `
        : "";
    const words = el(
      "span",
      { class: "item-words" },
      el(
        "span",
        { class: "item-top" },
        record.type !== "private" && icon("people"),
        el("b", {}, record.title),
        el("time", {}, last ? shortMoment(last.date, this.town.now()) : ""),
      ),
      el(
        "span",
        { class: "item-under" },
        el("span", { class: "item-last" }, last ? speaker + glimpse(last) : say("no_messages")),
        unread ? unreadMark(unread) : null,
      ),
    );
    const look = {
      type: "button",
      class: "chat-item",
      data: { chat: id },
      onclick: () => this.show(id),
      "aria-current": id === this.open && "true",
    };
    return el("li", {}, el("button", look, avatar(record.chat, record.title, "big"), words));
  }

  /** On the way back one sees how much waits in the other chats. */
  #elsewhere() {
    for (const view of this.views.values()) view.back.dataset.count = atMost99(this.person.unread);
  }

  /** Which chat is open; the person knows it too, for what counts as unread. */
  get open() {
    return this.person.watching;
  }

  showList() {
    this.person.watching = null;
    sessionStorage.removeItem(this.#key);
    this.root.dataset.view = "list";
    for (const view of this.views.values()) view.root.hidden = true;
    this.#drawList();
  }

  async show(chatId) {
    const id = String(chatId);
    this.person.watching = id;
    sessionStorage.setItem(this.#key, id);
    const known = this.views.get(id);
    const view = known ?? this.#opened(id);
    for (const other of this.views.values()) other.root.hidden = other !== view;
    this.root.dataset.view = "chat";
    this.#drawList();
    if (!known) await view.load();
    view.talk.toEnd();
    this.#read();
    return view;
  }

  #opened(id) {
    const view = new Chat(this, this.person.chat(id));
    this.views.set(id, view);
    this.stage.append(view.root);
    return view;
  }

  async openBot(bot, payload) {
    const view = await this.show(bot.id);
    if (payload !== null) await view.send({ start: payload });
  }

  #read() {
    if (!this.open || document.hidden || !this.root.isConnected) return;
    if (!this.person.chat(this.open)?.unread) return;
    post(`people/${this.person.id}/chats/${this.open}/read`).then(
      () => this.person.refreshSoon(),
      () => undefined,
    );
  }

  /** An event of the server that concerns this person. */
  hear(event, chatId) {
    const view = this.views.get(String(chatId));
    if (!view) return;
    if (event.type === "delete") for (const id of event.message_ids ?? [event.message_id]) view.talk.remove(id);
    else if (event.type === "pin") view.talk.pin(event.message_id ?? event.message?.message_id ?? null);
    else if (event.message) view.put(event.message);
    else if (event.type === "message" || event.type === "edit") view.load();
  }

  /** After a break of the line nothing is certain: read everything that is open again. */
  async reload() {
    await Promise.all([...this.views.values()].map((view) => view.load()));
  }

  caughtUp() {
    this.#read();
  }
}

function unreadMark(count) {
  return el(
    "span",
    { class: "unread", data: { unread: count }, "aria-label": say("unread", { count }) },
    atMost99(count),
  );
}

export const atMost99 = (count) => (count > 99 ? "99+" : String(count || ""));
