import { z } from "zod";
import { nameFields } from "@/lib/users/schema";

type Names = { firstName: string; lastName: string };

const namesSchema = z.object(nameFields);

/**
 * First and last name of somebody who is invited: as their mailbox says, "Eva Engineer" or "Engineer, Eva", else by the parts of their
 * address. What no user may be called is left out.
 */
export function namesFrom({ name, address }: { name: string; address: string }): Names {
  const shown = name.replace(/^['"\s]+|['"\s]+$/g, "");
  const given = shown !== "" && !shown.includes("@") ? allowed(named(shown)) : null;
  return given ?? allowed(inAddress(address)) ?? { firstName: address, lastName: "" };
}

function named(name: string): Names {
  const [last = "", first, ...more] = name.split(",").map((part) => part.trim());
  if (first && more.length === 0) return { firstName: first, lastName: last };
  return divided(name.split(/[\s,]+/).filter(Boolean));
}

function inAddress(address: string): Names {
  const local = address.normalize("NFKC").split("@")[0]?.split("+")[0] ?? "";
  const parts = local.split(/[._-]+/).filter((part) => /\p{L}/u.test(part));
  return divided(parts.length > 0 ? parts.map(capital) : [local]);
}

/** The last word is the last name, where there are two. */
const divided = (words: string[]): Names => ({
  firstName: words.slice(0, Math.max(1, words.length - 1)).join(" "),
  lastName: words.slice(1).at(-1) ?? "",
});

function capital(word: string): string {
  const [first = "", ...rest] = word;
  return first.toUpperCase() + rest.join("");
}

function allowed(names: Names): Names | null {
  const short = { firstName: names.firstName.slice(0, 100), lastName: names.lastName.slice(0, 100) };
  const parsed = namesSchema.safeParse(short);
  return parsed.success ? parsed.data : null;
}
