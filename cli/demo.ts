import { StartError } from "@/db/embedded";
import { seedDemo } from "@/db/seed";
import { hashPassword } from "@/lib/auth/password-queue";
import { runMain } from "./run-main";
import { serve } from "./server";

runMain(() => serve({ mode: "start", host: "127.0.0.1", env: { GATEHOUSE_DEMO: "1" }, prepare: loadDemo }));

/** Loads the demonstration data, once, and gives the table of who can sign in. */
async function loadDemo(url: string) {
  const { people, password } = await seedDemo(url, { hash: hashPassword, log: console.log }).catch((error: Error) => {
    throw new StartError(error.message);
  });
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
