import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

const root = join(import.meta.dirname, "..");

/** What stands for the parts of an address that name something. */
export type Named = { user: string; group: string; role: string; provider: string; account: string };

const filesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesOf(join(folder, entry.name)) : [join(folder, entry.name)],
  );

/** The address of a page or route. Throws for a part of which nobody has said what to put there. */
function addressOf(path: string, named: Named): string {
  const parts = path.split(sep).slice(1, -1);
  const shown = parts.filter((part) => !/^\(|^@/.test(part));
  return `/${shown.map((part, at) => (part.startsWith("[") ? namedBy(part, shown[at - 1] ?? "", named) : part)).join("/")}`;
}

function namedBy(part: string, before: string, named: Named): string {
  const known: Record<string, string> = {
    "users [id]": named.user,
    "groups [id]": named.group,
    "roles [id]": named.role,
    "identity-providers [id]": named.provider,
    "service-accounts [id]": named.account,
    "new [preset]": "any",
    "sign-in [slug]": "nowhere",
    "confirm [slug]": "nowhere",
    "privileges [operation]": "user.read",
    "pictures [userId]": named.user,
    "help [guide]": "clients",
    "[userId] [tag]": "x",
    "invite [token]": "x".repeat(43),
    "reset-password [token]": "x".repeat(43),
    "confirm-email [token]": "x".repeat(43),
    "auth [...nextauth]": "session",
    "v1 [...path]": `users/${named.user}`,
    "backchannel-logout [slug]": "nowhere",
  };
  const value = known[`${before} ${part}`];
  if (!value)
    throw new Error(`Nothing is known to put in place of ${part} after ${before}: add it to e2e/route-inventory.ts`);
  return value;
}

const everything = filesOf("app");
const slot = /@|\(\.+\)/;

/** Every page by reading the folder of routes: a new one is crossed without being told. */
export const pageAddresses = (named: Named): string[] =>
  [...new Set(everything.filter((path) => /[/\\]page\.tsx$/.test(path) && !slot.test(path)))].map((path) =>
    addressOf(path, named),
  );

/** Every route handler with the methods that it exports. */
export function routeAddresses(named: Named): { address: string; methods: string[] }[] {
  return everything
    .filter((path) => /[/\\]route\.ts$/.test(path))
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((method) =>
        new RegExp(`\\b${method}\\b`).test(text),
      );
      return { address: addressOf(path, named), methods: methods.length > 0 ? methods : ["GET"] };
    });
}

export type ServerAction = { id: string; name: string; address: string };

type Manifest = {
  node: Record<string, { workers: Record<string, unknown>; filename?: string; exportedName?: string }>;
};

/** Every server action of the build, with a page to which it may be posted. */
export function serverActions(named: Named): ServerAction[] {
  const text = readFileSync(join(root, ".next/server/server-reference-manifest.json"), "utf8");
  return Object.entries((JSON.parse(text) as Manifest).node).map(([id, { workers, exportedName }]) => {
    const pages = Object.keys(workers).filter(
      (path) => path.endsWith("/page") && !slot.test(path) && !path.includes("_not-found"),
    );
    const page = pages.find((path) => path.startsWith("app/admin/")) ?? pages[0] ?? "app/page";
    return { id, name: exportedName ?? id, address: addressOf(page, named) };
  });
}
