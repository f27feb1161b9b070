// A person who is played on the page: who it is, and the chats as this person has them.

import { fullName } from "./el.js";
import { get, listed } from "./wire.js";

const GATHER_MS = 40;

export class Person {
  constructor(record, bots) {
    this.record = record;
    this.id = record.id;
    this.name = fullName(record);
    this.bots = bots;
    this.chats = [];
    this.moved = new Map();
    this.watchers = new Set();
    this.watching = null;
  }

  get unread() {
    return this.chats.reduce((sum, chat) => sum + this.unreadIn(chat), 0);
  }

  /** What waits in a chat; in the one that is being looked at nothing does. */
  unreadIn(chat) {
    return String(chat.chat) === this.watching && !document.hidden ? 0 : (chat.unread ?? 0);
  }

  get home() {
    return { lat: this.record.lat ?? 32.19, lon: this.record.lon ?? 119.6 };
  }

  get phone() {
    return this.record.phone ?? `+86138${String(this.id).padStart(8, "0").slice(-8)}`;
  }

  hasBlocked(botId) {
    return (this.record.blocked ?? []).includes(botId);
  }

  noteBlocked(botId, on) {
    const others = (this.record.blocked ?? []).filter((id) => id !== botId);
    this.record = { ...this.record, blocked: on ? [...others, botId] : others };
    this.refreshSoon();
  }

  chat(id) {
    return this.chats.find((chat) => String(chat.chat) === String(id));
  }

  /** Ask for the chats shortly; a burst of events makes one request. */
  refreshSoon() {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.refresh().catch(() => undefined);
    }, GATHER_MS);
  }

  async refresh() {
    const chats = listed(await get(`people/${this.id}/chats`), "chats");
    this.moved = new Map(
      chats.filter((chat) => chat.migrated_to).map((chat) => [String(chat.chat), String(chat.migrated_to)]),
    );
    const missing = this.bots.filter((bot) => !chats.some((chat) => chat.chat === bot.id));
    const here = chats.filter((chat) => !chat.migrated_to);
    const all = [...here, ...missing.map(unopened)].sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0));
    this.chats = all.map((chat) => ({ ...chat, blocked: this.hasBlocked(chat.chat) }));
    for (const watcher of this.watchers) watcher(this);
  }
}

/** A bot one has not talked to yet still stands in the list: somebody has to be able to begin. */
function unopened(bot) {
  return {
    chat: bot.id,
    title: bot.name ?? bot.first_name,
    type: "private",
    unread: 0,
    last: null,
    reply_keyboard: null,
    commands: [],
  };
}
