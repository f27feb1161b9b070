// One chat of one person: its head, its talk, the place to write, and everything that can be done there.

import { avatar, el, iconButton, textButton } from "./el.js";
import { Composer } from "./composer.js";
import { openOutside } from "./entities.js";
import { alertBox, fullPicture, notice, sheet } from "./overlays.js";
import { attachMenu } from "./panels.js";
import { Talk } from "./talk.js";
import { say } from "./texts.js";
import { Topics } from "./topics.js";
import { recordSheet } from "./voice.js";
import { post } from "./wire.js";

export class Chat {
  /** `phone` answers: person, town, showList, openBot. */
  constructor(phone, record) {
    this.phone = phone;
    this.person = phone.person;
    this.record = record;
    this.group = record.type !== "private";
    this.path = `people/${this.person.id}/chats/${record.chat}`;
    this.anonymous = false;
    this.links = { follow: (url) => this.#follow(url), command: (text) => this.send({ text }) };
    this.topics = new Topics(() => this.talk.filter());
    this.talk = new Talk(this);
    this.composer = new Composer(this.#writing());
    this.title = el("h2", {});
    this.under = el("small", {});
    this.start = textButton(say("start"), "start", () => this.send({ start: "" }), "main wide");
    this.hint = el("div", { class: "hint", hidden: true }, el("p", {}, say("start_hint")), this.start);
    this.blocked = el(
      "div",
      { class: "blocked", hidden: true },
      el("span", {}, say("blocked")),
      textButton(say("unblock"), "unblock", () => this.#block(false), "main"),
    );
    this.back = iconButton("back", say("back"), "back", () => phone.showList(), "back");
    this.root = el(
      "section",
      { class: "chat", hidden: true },
      this.#head(),
      this.topics.root,
      this.talk.root,
      this.hint,
      this.blocked,
      this.composer.root,
    );
    this.root.addEventListener("look", (event) => fullPicture(document.body, event.detail));
    this.update(record);
  }

  #writing() {
    return {
      group: this.group,
      send: (text, replyTo) => this.send({ text, reply_to: replyTo }),
      correct: (message, text) => this.#correct(message, text),
      correctLast: () => this.#correctLast(),
      key: (button) => this.#replyKey(button),
      attach: () => attachMenu(this),
      voice: () => recordSheet(this),
    };
  }

  #head() {
    const name = this.record.title;
    const words = el("div", { class: "head-words" }, this.title, this.under);
    return el(
      "header",
      { class: "chat-head" },
      this.back,
      avatar(this.record.chat, name),
      words,
      iconButton("more", say("more"), "more", () => this.#menu()),
    );
  }

  async load() {
    await this.#try(() => this.talk.load());
    this.#empty();
  }

  /** What the list of chats knows about this one: title, keyboard, commands, whether the bot is blocked. */
  update(record) {
    this.record = record;
    this.title.textContent = record.title;
    this.under.textContent = this.group ? say("group") : say("bot");
    this.root.setAttribute("aria-label", record.title);
    this.composer.setKeyboard(record.reply_keyboard ?? null);
    this.composer.setCommands(record.commands);
    this.blocked.hidden = !record.blocked;
    this.composer.root.hidden = Boolean(record.blocked);
    this.talk.pin(record.pinned ?? null);
    this.topics.set(this.phone.town.topicsOf(record.chat));
  }

  #empty() {
    this.hint.hidden = this.group || this.talk.messages.size > 0;
  }

  isMine(message) {
    return !message.sender_chat && message.from?.id === this.person.id;
  }

  goTo(messageId) {
    this.talk.goTo(messageId);
  }

  reply(message) {
    this.composer.reply(message);
  }

  edit(message) {
    this.composer.edit(message);
  }

  put(message) {
    this.talk.put(message);
    this.#empty();
  }

  say(text, look) {
    notice(this.root, text, look);
  }

  /** Do something at the server; a refusal is shown, never lost. */
  async #try(deed) {
    try {
      return await deed();
    } catch (error) {
      this.say(say("refused", { why: error.message }), "bad");
      return null;
    }
  }

  /** False if it was refused. */
  async send(body) {
    const replyTo = body.reply_to ?? this.composer.replyTo;
    if (replyTo) this.composer.clear();
    const extra = this.anonymous ? { anonymous: true } : {};
    const wanted = { chat: this.record.chat, ...extra, ...body, reply_to: replyTo, topic: this.#topicOf(replyTo) };
    const sent = await this.#try(() => post(`people/${this.person.id}/send`, wanted));
    for (const message of sent?.messages ?? []) this.put(message);
    return sent !== null;
  }

  async #correct(message, text) {
    const field = message.text === undefined ? "caption" : "text";
    const wanted = { chat: this.record.chat, message_id: message.message_id, [field]: text };
    return (await this.#try(() => post(`people/${this.person.id}/edit`, wanted))) !== null;
  }

  #correctLast() {
    const mine = [...this.talk.messages.values()].filter((message) => this.isMine(message) && message.text);
    if (mine.length) this.edit(mine.at(-1));
  }

  #replyKey(button) {
    if (button.request_location) return this.send({ location: this.person.home });
    if (button.request_contact)
      return this.send({ contact: { phone: this.person.phone, first_name: this.person.name } });
    return this.send({ text: button.text });
  }

  async press(message, button) {
    if (button.url) return this.#follow(button.url) || openOutside(button.url);
    if (button.copy_text)
      return navigator.clipboard?.writeText(button.copy_text.text).then(() => this.say(say("copied")));
    if (!button.callback_data) return this.say(say("not_here"));
    const wanted = { chat: this.record.chat, message_id: message.message_id, data: button.callback_data };
    const { answer } = (await this.#try(() => post(`people/${this.person.id}/press`, wanted))) ?? {};
    if (answer?.url) this.#follow(answer.url);
    if (answer?.text && answer.show_alert) alertBox(this.root, answer.text);
    else if (answer?.text) this.say(answer.text);
    return answer;
  }

  /** The topic of a forum to write in: the one looked at, else that of the message that is answered. */
  #topicOf(messageId) {
    return this.topics.chosen ?? this.talk.messages.get(messageId)?.message_thread_id;
  }

  /** Links to a bot of this sandbox open its private chat; true if it was one. */
  #follow(url) {
    const link = botLink(url);
    const bot = link && this.person.bots.find((one) => one.username?.toLowerCase() === link.username);
    if (bot) this.phone.openBot(bot, link.payload);
    return Boolean(bot);
  }

  async #block(on) {
    const done = await this.#try(() =>
      post(`people/${this.person.id}/${on ? "block" : "unblock"}`, { bot: this.record.chat }),
    );
    if (done) this.person.noteBlocked(this.record.chat, on);
  }

  #menu() {
    const item = (words, act, deed) => (close) => textButton(words, act, () => (close(), deed()), "row-button");
    const anonymous = () => {
      this.anonymous = !this.anonymous;
      this.under.textContent = this.anonymous ? say("anonymous_now") : say("group");
    };
    const block = this.record.blocked
      ? item(say("unblock"), "unblock", () => this.#block(false))
      : item(say("block"), "block", () => this.#block(true));
    const items = this.group
      ? [item(say(this.anonymous ? "anonymous_off" : "anonymous_on"), "anonymous", anonymous)]
      : [block];
    sheet(this.root, this.record.title, (close) =>
      el(
        "div",
        { class: "rows" },
        items.map((make) => make(close)),
      ),
    );
  }
}

function botLink(text) {
  const url = URL.parse?.(text) ?? (URL.canParse(text) ? new URL(text) : null);
  if (!url) return null;
  const payload = url.searchParams.get("start");
  if (/^(www\.)?(t|telegram)\.me$/i.test(url.hostname))
    return { username: url.pathname.slice(1).split("/")[0].toLowerCase(), payload };
  if (url.protocol === "tg:") return { username: (url.searchParams.get("domain") ?? "").toLowerCase(), payload };
  return null;
}
