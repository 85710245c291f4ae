import type { PresetRole } from "@/db/seed/presets/preset";

/** One for each step of a ladder, highest first. */
const people = ["Maya", "Lee", "Eve"];

/**
 * What roles amount to, by people who hold them: whom each sees, and what they do about those below them. Where all hold
 * one primary role, one of them has an additional one besides.
 */
export function exampleOf(roles: PresetRole[]): string {
  const ladder = roles.filter(({ kind }) => kind === "primary");
  const told = ladder.map(
    (role, at) => `${people[at]}, ${withArticle(role.name)}, ${does(role, people.slice(at + 1, ladder.length))}`,
  );
  const [first, extra] = [people[0], roles.find(({ kind, admin }) => kind === "additional" && !admin)];
  if (ladder.length === 1 && extra)
    told.push(`with ${extra.name} on top, ${first} also ${lowerFirst(extra.description).replace(/\.$/, "")}`);
  return `${told.join("; ")}.`;
}

function does({ operations }: PresetRole, below: string[]): string {
  const reach = (wanted: string) =>
    operations.find(({ operation, scope }) => operation === wanted && scope !== "self")?.scope;
  const seen = reach("user.read");
  if (!seen) return "sees only their own account";
  const team = listed([...below, "anybody else below them"]);
  const done = [reach("user.update") && "edits", reach("user.disable") && "disables"].flatMap((verb) => verb || []);
  const about = seen === "all" ? ["sees everybody"] : [`${listed(["sees", ...done])} ${team}`];
  if (seen === "all" && done.length > 0) about.push(`${listed(done)} ${team}`);
  if (reach("client.manage")) about.push("manages their clients");
  else if (reach("client.read")) about.push("sees their clients");
  return about.join(", and ");
}

const listed = (words: string[]) =>
  words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words.join("");

const withArticle = (name: string) => `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
