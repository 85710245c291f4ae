import type { Reading } from "@/components/ui/reading";
import { exactTime } from "@/components/ui/time";
import type { Scope } from "@/lib/authz/model";
import { counted } from "@/lib/lists/format-total";
import type { AccessPreview, PreviewLine, PreviewOperation, ReachLine } from "@/lib/previews/preview";

export const peopleWords = (count: number) => counted(count, "person", "people");
export const accountWords = (count: number) => counted(count, "service account");

/** Whether nobody, and no service account, gains or loses anything. */
export const changesNothing = ({ gains, loses, reach, accounts }: AccessPreview): boolean =>
  [gains, loses, reach.gains, reach.loses, accounts.gains, accounts.loses].every((lines) => lines.length === 0);

/** "people below Lee" where one person is meant, else "people below them"; nothing where there is nobody to act on. */
export function scopeWords({ operation, scope, scoped }: PreviewOperation, firstName: string | null): string {
  if (!scoped) return "";
  const groups = operation.startsWith("group.");
  const words: Record<Scope, string> = {
    all: groups ? "every group" : "everyone",
    reports: `people below ${firstName ?? "them"}`,
    owned_groups: groups
      ? `groups that ${firstName ? `${firstName} owns` : "they own"}`
      : `members of ${firstName ? `${firstName}'s` : "their"} groups`,
    self: "own account",
  };
  return words[scope];
}

/** The end of a line, as this reader has times written. Nothing when it begins and ends at once and has no end. */
export function endWords({ until, endOnly }: PreviewLine, side: "gains" | "loses", { zone, form }: Reading): string {
  const end = until === "several" ? "different dates" : until && exactTime(new Date(until), zone, form);
  if (side === "loses") return end ? `from ${end}` : "";
  if (!end) return endOnly ? "now without an end" : "";
  return endOnly ? `longer, until ${end}` : `until ${end}`;
}

export function headingOf({ people, reach, administrators, accounts }: AccessPreview): string {
  if (people.count > 0) return `This changes what ${people.over ? "at least " : ""}${peopleWords(people.count)} can do`;
  if (reach.gains.length + reach.loses.length > 0) return "This changes who reaches whom";
  if (administrators.gain + administrators.lose > 0) return "This changes who is an administrator";
  if (accounts.count > 0) return `This changes what ${accountWords(accounts.count)} can do`;
  if (accounts.over) return "This affects more than 1,000 service accounts";
  return "This affects more than 10,000 people";
}

/** What it means for administrators, as sentences; none when none is among those who gain or lose. */
export function administratorWords({ gain, lose, touched }: AccessPreview["administrators"]): string[] {
  const others = touched - gain - lose;
  return [
    others > 0 && `Includes ${others === 1 ? "1 administrator" : `${others} administrators`}.`,
    gain > 0 && (gain === 1 ? "1 person becomes an administrator." : `${gain} people become administrators.`),
    lose > 0 &&
      (lose === 1 ? "1 person is no longer an administrator." : `${lose} people are no longer administrators.`),
  ].filter((sentence) => sentence !== false);
}

/** "reaches 12 more people below them": what follows the name of somebody who gains or loses reach. */
export function reachWords({ scope, over }: ReachLine, side: "gains" | "loses"): string {
  if (over === 0) return side === "gains" ? "becomes the owner" : "is no longer the owner";
  const whom = `${over.toLocaleString("en")} ${side === "gains" ? "more " : ""}${over === 1 ? "person" : "people"}`;
  const where = scope === "reports" ? "below them" : "in groups of theirs";
  return side === "gains" ? `reaches ${whom} ${where}` : `no longer reaches ${whom} ${where}`;
}
