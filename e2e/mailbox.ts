import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import PostalMime, { type Email } from "postal-mime";
import { runningServer } from "./server";

/** Every mail that has arrived for an address, oldest first. */
export async function mailsTo(address: string): Promise<Email[]> {
  const folder = runningServer().mailDir;
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".eml"))
    .toSorted();
  const mails = await Promise.all(files.map((file) => PostalMime.parse(readFileSync(join(folder, file)))));
  return mails.filter(({ to }) => to?.some((recipient) => recipient.address === address));
}

/** The newest mail for an address once there are at least this many, with the first link in it. */
export async function lastMailTo(
  address: string,
  { least = 1, subject = /./ } = {},
): Promise<Email & { link: string }> {
  const arrived = async () => (await mailsTo(address)).filter((mail) => subject.test(mail.subject ?? ""));
  await expect.poll(async () => (await arrived()).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(least);
  const mail = (await arrived()).at(-1);
  if (!mail) throw new Error(`No mail for ${address}`);
  return { ...mail, link: /https?:\/\/\S+/.exec(mail.text ?? "")?.[0] ?? "" };
}
