import { isEnded, statusAt } from "@/lib/authz/account-status";
import { fullName } from "@/lib/normalization/names";
import type { UserRow } from "@/lib/people/scoped";

/** What has to happen before anything works for an account. */
export type Lack = "restore" | "end" | "enable" | "accept";

/** What an account lacks at a moment to be in force, in the order in which it is shown; nothing while it is. */
export function lacksOf(person: UserRow, at: Date): Lack[] {
  const stored = statusAt({ ...person, accessEndsAt: null }, at);
  if (stored === "archived") return ["restore"];
  const invited = stored === "invited" || (stored === "disabled" && person.statusBeforeDisable === "invited");
  return [
    ...(isEnded(person, at) ? ["end" as const] : []),
    ...(stored === "disabled" ? ["enable" as const] : []),
    ...(invited ? ["accept" as const] : []),
  ];
}

/** Why nothing works for an account in this state; null while it does. */
export function standingOf(person: UserRow, at: Date): string | null {
  const lacks = lacksOf(person, at);
  const [first] = lacks;
  if (!first) return null;
  const name = fullName(person);
  const state: Record<Lack, string> = {
    restore: `${name} is archived`,
    end: `The access of ${name} has ended`,
    enable: `${name} is disabled`,
    accept: `${name} is invited`,
  };
  const needed = lacks.map((lack) => remedies[lack]);
  return `${state[first]}, so nothing works until ${[needed.slice(0, -1).join(", "), needed.at(-1)].filter(Boolean).join(" and ")}.`;
}

const remedies: Record<Lack, string> = {
  restore: "the account is restored",
  end: "its end date is moved",
  enable: "the account is enabled",
  accept: "the invitation is accepted",
};
