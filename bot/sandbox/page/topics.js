// The topics of a forum group: choose one to see and write only there.

import { el } from "./el.js";
import { say } from "./texts.js";

export class Topics {
  /** `onChoose()` is called when another topic is looked at. */
  constructor(onChoose) {
    this.onChoose = onChoose;
    this.chosen = null;
    this.known = [];
    this.root = el("nav", { class: "topics", "aria-label": say("topics"), hidden: true });
  }

  /** The topics as the group has them now: id, name, closed. */
  set(topics) {
    if (JSON.stringify(topics) === JSON.stringify(this.known)) return;
    this.known = topics;
    this.#draw();
  }

  shows(message) {
    return this.chosen === null || message.message_thread_id === this.chosen;
  }

  /** What stands above a message when all topics are looked at together. */
  nameOf(message) {
    if (this.chosen !== null || !message.is_topic_message) return null;
    return this.known.find((topic) => topic.id === message.message_thread_id)?.name ?? null;
  }

  #draw() {
    this.root.hidden = !this.known.length;
    const closed = (topic) => (topic.closed ? `${topic.name} (${say("topic_closed")})` : topic.name);
    const named = this.known.map((topic) => this.#chip(topic.id, closed(topic)));
    this.root.replaceChildren(this.#chip(null, say("all_topics")), ...named);
  }

  #chip(id, words) {
    const choose = () => {
      this.chosen = id;
      this.#draw();
      this.onChoose();
    };
    const look = {
      type: "button",
      class: "topic",
      data: { topic: id ?? "all" },
      "aria-pressed": String(id === this.chosen),
    };
    return el("button", { ...look, onclick: choose }, words);
  }
}
