// A small bot with grammY, as its documentation teaches: commands, session, inline keyboard, photo, webhook or polling.
import { createServer } from "node:http";

import { Bot, InlineKeyboard, InputFile, session, webhookCallback } from "grammy";

const { BOT_TOKEN, API_ROOT, SECRET } = process.env;
const bot = new Bot(BOT_TOKEN, { client: { apiRoot: API_ROOT } });

bot.use(session({ initial: () => ({ what: "" }) }));

bot.command("start", (ctx) => ctx.reply("<b>伢叔</b>: 什么事?", { parse_mode: "HTML" }));

bot.on("message:location", (ctx) =>
  ctx.reply(`${ctx.session.what} @ ${ctx.message.location.latitude}`, {
    reply_markup: new InlineKeyboard().text("提交", "yes").url("看", "https://example.org"),
    reply_parameters: { message_id: ctx.message.message_id },
  }));

bot.on("message:photo", async (ctx) => {
  const file = await ctx.getFile();
  await ctx.replyWithDocument(new InputFile(Buffer.from(file.file_path), "path.txt"), { caption: "*附件*", parse_mode: "MarkdownV2" });
});

bot.on("message:text", (ctx) => {
  ctx.session.what = ctx.message.text;
  return ctx.reply("在哪?");
});

bot.callbackQuery("yes", async (ctx) => {
  await ctx.answerCallbackQuery({ text: "已收到", show_alert: true });
  await ctx.editMessageText("已提交");
});

bot.catch((error) => console.error(error.message));

if (SECRET) {
  const server = createServer(webhookCallback(bot, "http", { secretToken: SECRET }));
  server.listen(0, "127.0.0.1", () => console.log(`port ${server.address().port}`));
} else {
  bot.start({ onStart: (me) => console.log(`started ${me.username}`) });
}

process.once("SIGTERM", () => process.exit(0));
