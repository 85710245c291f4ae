import { createDb } from "@/db/client";
import { operator } from "@/lib/authz/principal";
import { createContext } from "@/lib/context";
import { releaseProvider } from "@/lib/identity-providers/commands/only";
import { onlyProvider } from "@/lib/people/only-way-in";
import type { Command } from "./command";

/** For when the only way to sign in does not work, and no administrator comes in by a password or a passkey. */
const release: Command = {
  usage: "identity-provider release",
  options: {},
  async run(url) {
    const db = createDb(url, { max: 1 });
    try {
      const only = await onlyProvider(db);
      if (!only) return { said: "Every way to sign in is open already.", value: { released: null } };
      await releaseProvider(createContext(db, operator), { id: only.id });
      const said = `${only.name} is not the only way to sign in any more: passwords, passkeys and other providers work again.`;
      return { said, value: { released: { id: only.id, slug: only.slug, name: only.name } } };
    } finally {
      await db.$client.end();
    }
  },
};

export const identityProviderCommands: Record<string, Command> = { release };
