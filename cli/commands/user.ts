import { randomBytes } from "node:crypto";
import { text } from "node:stream/consumers";
import { createDb } from "@/db/client";
import { StartError } from "@/db/embedded";
import { operator } from "@/lib/authz/principal";
import { createContext } from "@/lib/context";
import { parseInput } from "@/lib/http/parse-input";
import { createAdministrator } from "@/lib/setup/commands";
import { administratorSchema } from "@/lib/setup/schema";
import type { Command } from "./command";

const createAdmin: Command = {
  usage:
    "user create-admin --username <name> --email <address> --first-name <name> [--last-name <name>] [--password-stdin]",
  options: {
    username: { type: "string" },
    email: { type: "string" },
    "first-name": { type: "string" },
    "last-name": { type: "string" },
    "password-stdin": { type: "boolean" },
  },
  async run(url, flags) {
    const required = (name: string) => {
      const value = flags[name];
      if (typeof value === "string" && value) return value;
      throw new StartError(`--${name} is missing.\n\n${createAdmin.usage}`);
    };
    const given = {
      username: required("username"),
      email: required("email"),
      firstName: required("first-name"),
      lastName: typeof flags["last-name"] === "string" ? flags["last-name"] : "",
    };
    const { password, generated } = await choosePassword(flags["password-stdin"] === true);
    const input = parseInput(administratorSchema, { ...given, password });
    const db = createDb(url, { max: 1, prepares: false });
    try {
      const { id } = await createAdministrator(createContext(db, operator), input);
      const value = { id, username: given.username, ...(generated ? { password } : {}) };
      const said = `Administrator ${given.username} was created.`;
      return { said: generated ? `${said}\nPassword, shown this once: ${password}` : said, value };
    } finally {
      await db.$client.end();
    }
  },
};

/** From the standard input, else GATEHOUSE_PASSWORD, else made here; never from the arguments, which others can see. */
async function choosePassword(fromInput: boolean) {
  const given = fromInput ? (await text(process.stdin)).replace(/\r?\n$/, "") : process.env.GATEHOUSE_PASSWORD;
  if (fromInput && !given) throw new StartError("--password-stdin was given, and the standard input is empty.");
  return given
    ? { password: given, generated: false }
    : { password: randomBytes(18).toString("base64url"), generated: true };
}

export const userCommands: Record<string, Command> = { "create-admin": createAdmin };
