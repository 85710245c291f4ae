import { createDb } from "@/db/client";
import { StartError } from "@/db/embedded";
import { loadDemo } from "@/lib/demo/load";
import { AppError } from "@/lib/errors";
import { runMain } from "./run-main";
import { serve } from "./server";

runMain(() =>
  serve({
    mode: "start",
    host: "127.0.0.1",
    env: { GATEHOUSE_LOG_LEVEL: process.env.GATEHOUSE_LOG_LEVEL ?? "warn", GATEHOUSE_DEMO: "1" },
    prepare,
  }),
);

/** Loads the demonstration data, once, and gives the table of who can sign in. */
async function prepare(url: string) {
  const { people, password } = await load(url);
  const width = Math.max("User name".length, ...people.map(({ username }) => username.length));
  const line = (username: string, is: string) => `  ${username.padEnd(width)}  ${is}`;
  return [
    "",
    `Sign in as any of these, with the password ${password}`,
    "",
    line("User name", "Who"),
    ...people.map(({ username, is }) => line(username, is)),
    "",
    "",
  ].join("\n");
}

async function load(url: string) {
  const db = createDb(url, { max: 1, prepares: false });
  try {
    return await loadDemo(db, { log: console.log });
  } catch (error) {
    throw error instanceof AppError ? new StartError(error.message) : error;
  } finally {
    await db.$client.end();
  }
}
