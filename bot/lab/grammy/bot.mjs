// A peer: the report conversation on grammY, its sessions in files, as its documentation shows it.
import { createServer } from "node:http";

import { run, sequentialize } from "@grammyjs/runner";
import { FileAdapter } from "@grammyjs/storage-file";
import { Bot, InlineKeyboard, Keyboard, session, webhookCallback } from "grammy";

const { API, TOKEN, SECRET, DELIVERY, PORT } = process.env;
const GROUP = -1001;
const MATTERS = ["路灯不亮", "道路破损", "垃圾堆放", "噪音扰民", "电梯故障", "其他"];

const bot = new Bot(TOKEN, { client: { apiRoot: API } });
// Without it two updates of one person would write over each other's session.
bot.use(sequentialize((ctx) => String(ctx.chat?.id)));
bot.use(session({ initial: () => ({ step: "" }), storage: new FileAdapter({ dirName: "sessions" }) }));

const at = (step) => bot.filter((ctx) => ctx.session.step === step);

const card = (report) =>
  `事项：${report.matter}\n内容：${report.what}\n位置：${report.latitude}, ${report.longitude}\n` +
  `照片：有\n语音：有\n联系：${report.contact ? "可以" : "保密"}`;

bot.command("start", async (ctx) => {
  ctx.session = { step: "menu" };
  const keyboard = new Keyboard().text("我要反映").text("我的上报").resized();
  await ctx.reply("您好，有什么事请跟我说。", { reply_markup: keyboard });
});

at("menu").hears("我要反映", async (ctx) => {
  ctx.session.step = "matter";
  const rows = MATTERS.map((matter, n) => [InlineKeyboard.text(matter, `matter:${n}`)]);
  await ctx.reply("是哪一类事？", { reply_markup: InlineKeyboard.from(rows) });
});

at("matter").callbackQuery(/^matter:(\d)$/, async (ctx) => {
  ctx.session.matter = MATTERS[ctx.match[1]];
  ctx.session.step = "what";
  await ctx.answerCallbackQuery();
  await ctx.reply("发生了什么？写一句话就行。");
});

at("what").on("message:text", async (ctx) => {
  ctx.session.what = ctx.message.text;
  ctx.session.step = "photo";
  await ctx.reply("有照片吗？发一张给我。");
});

at("photo").on("message:photo", async (ctx) => {
  ctx.session.photo = ctx.message.photo.at(-1).file_id;
  ctx.session.step = "voice";
  await ctx.reply("想补充的话，可以发一段语音。");
});

at("voice").on("message:voice", async (ctx) => {
  ctx.session.voice = ctx.message.voice.file_id;
  ctx.session.step = "where";
  await ctx.reply("在哪里？请发送位置。");
});

at("where").on("message:location", async (ctx) => {
  const { latitude, longitude } = ctx.message.location;
  Object.assign(ctx.session, { latitude, longitude, step: "contact" });
  const rows = [[InlineKeyboard.text("可以联系我", "contact:yes")], [InlineKeyboard.text("请保密", "contact:no")]];
  await ctx.reply("可以联系您吗？", { reply_markup: InlineKeyboard.from(rows) });
});

at("contact").callbackQuery(/^contact:/, async (ctx) => {
  ctx.session.contact = ctx.callbackQuery.data === "contact:yes";
  ctx.session.step = "confirm";
  await ctx.answerCallbackQuery();
  await ctx.reply(card(ctx.session), { reply_markup: new InlineKeyboard().text("提交", "submit") });
});

at("confirm").callbackQuery("submit", async (ctx) => {
  const report = ctx.session;
  ctx.session = { step: "" };
  await ctx.answerCallbackQuery("已提交");
  await ctx.reply(`已收到，编号 ${ctx.chat.id}-${ctx.msg.message_id}。`);
  const buttons = new InlineKeyboard().text("签收", "take").text("退单", "return");
  await ctx.api.sendMessage(GROUP, card(report), { reply_markup: buttons });
});

bot.catch((error) => console.error(error.message));
process.once("SIGTERM", () => process.exit(0));

if (DELIVERY === "polling") {
  run(bot);
} else {
  await bot.init();
  const heard = webhookCallback(bot, "http", { secretToken: SECRET });
  createServer(heard).listen(Number(PORT), "127.0.0.1", () =>
    bot.api.setWebhook(`http://127.0.0.1:${PORT}/hook`, { secret_token: SECRET, max_connections: 100 }));
}
