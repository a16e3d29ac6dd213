// Owns: what the npm package mailparser reads in messages. One JSON line for each file named on stdin.
// Usage: mail.mjs NPM_FOLDER < LIST
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";

const require = createRequire(`${process.argv[2]}/`);
const { simpleParser } = require("mailparser");
const addresses = (field) => (field ? field.value.map((one) => ({ name: one.name, address: one.address })) : []);

for await (const path of createInterface({ input: process.stdin })) {
  const mail = await simpleParser(readFileSync(path), { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true });
  const references = mail.references ?? [];
  const told = {
    subject: mail.subject,
    from: addresses(mail.from),
    to: addresses(mail.to),
    reply_to: addresses(mail.replyTo),
    id: mail.messageId,
    in_reply_to: mail.inReplyTo ?? null,
    references: Array.isArray(references) ? references : [references],
    date: mail.date.toISOString(),
    text: mail.text,
    files: mail.attachments.map((one) => ({ name: one.filename, hex: one.content.toString("hex") })),
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
