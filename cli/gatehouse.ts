import { parseArgs } from "node:util";
import { StartError } from "@/db/embedded";
import { AppError } from "@/lib/errors";
import type { Command } from "./commands/command";
import { identityProviderCommands } from "./commands/identity-provider";
import { userCommands } from "./commands/user";
import { openDatabase } from "./database";
import { runMain } from "./run-main";
import { loadSettings } from "./settings";

const nouns: Record<string, Record<string, Command>> = {
  user: userCommands,
  "identity-provider": identityProviderCommands,
};

runMain(async () => {
  const [noun = "", verb = "", ...rest] = process.argv.slice(2);
  const command = nouns[noun]?.[verb];
  if (!command) {
    console.error(usage());
    return 2;
  }
  const flags = readFlags(command, rest);
  const settings = loadSettings({ host: null });
  const database = await openDatabase(settings, { share: true, log: console.error });
  Object.assign(process.env, settings.env, { DATABASE_URL: database.url, GATEHOUSE_DATABASE_ROLE: database.role });
  try {
    const { said, value } = await command.run(database.url, flags);
    console.log(flags.json ? JSON.stringify(value) : said);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, fields = {} } = error;
    if (flags.json) console.log(JSON.stringify({ error: { code, message, fields } }));
    else console.error([message, ...Object.entries(fields).map(([field, text]) => `  ${field}: ${text}`)].join("\n"));
    return 1;
  } finally {
    await database.stop();
  }
});

function readFlags(command: Command, args: string[]) {
  try {
    const options = { ...command.options, json: { type: "boolean" as const } };
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n\n${command.usage}`);
  }
}

function usage() {
  const lines = Object.values(nouns).flatMap((verbs) => Object.values(verbs).map((command) => `  ${command.usage}`));
  return ["Usage: npm run gatehouse -- <noun> <verb> [--json]", "", ...lines].join("\n");
}
