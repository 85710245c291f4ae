import { and, inArray } from "drizzle-orm";
import type { z } from "zod";
import { newId } from "@/db/columns";
import type { ShownStatus } from "@/db/enums";
import { users } from "@/db/schema";
import { statusAt } from "@/lib/authz/account-status";
import { requireAll, within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { invalidField } from "@/lib/errors";
import { emailKeyOf } from "@/lib/normalization/email";
import { foldName } from "@/lib/normalization/fold";
import { fullName } from "@/lib/normalization/names";
import { collisionsOf } from "@/lib/people/sign-in-names";
import { namesFrom } from "@/lib/users/invitees/names-from";
import { type Pasted, readPasted } from "@/lib/users/invitees/pasted-addresses";
import { mostInvited, type readInviteesSchema } from "@/lib/users/invitees/schema";
import { emailSchema } from "@/lib/users/schema";
import { addressAsUsername, usernameFrom } from "@/lib/users/username-from";

/** Somebody whom the list names, and who would be created as this. */
export type NewInvitee = { text: string; email: string; firstName: string; lastName: string; username: string };

/** An entry of the list that invites nobody, and why. `person`: who has the address, where the actor may see them (R11). */
export type LeftOut = {
  text: string;
  why: "taken" | "invalid" | "repeated";
  reason: string;
  person: { id: string; name: string; status: ShownStatus } | null;
};

export type Invitees = { invitees: NewInvitee[]; leftOut: LeftOut[] };

/**
 * What inviting a pasted list would come to at this moment, in as many statements for 200 as for one. It reserves nothing: each is decided
 * again when it is sent.
 */
export async function readInvitees(ctx: Ctx, { text }: z.output<typeof readInviteesSchema>): Promise<Invitees> {
  requireAll(ctx, "user.create", "You don't have permission to create users.");
  const pasted = readPasted(text);
  if (pasted.length === 0) throw invalidField("text", "Paste at least one email address.");
  if (pasted.length > mostInvited)
    throw invalidField("text", `At most ${mostInvited} people can be invited at once. This list has ${pasted.length}.`);
  const { fresh, leftOut } = distinct(pasted);
  const holders = await holdersOf(ctx, fresh);
  const free = fresh.filter(({ email }) => !holders.has(email));
  for (const { text: found, email } of fresh.filter(({ email: held }) => holders.has(held)))
    leftOut.push(takenBy(found, email, holders.get(email) ?? null));
  const usernames = await proposeUsernames(
    ctx,
    free.map(({ email }) => email),
  );
  const invitees = free.map(({ text: found, name, email }) => ({
    ...{ text: found, email, username: usernames.get(email) ?? "" },
    ...namesFrom({ name, address: email }),
  }));
  return { invitees, leftOut };
}

type Addressed = Pasted & { email: string };

function distinct(pasted: Pasted[]): { fresh: Addressed[]; leftOut: LeftOut[] } {
  const fresh = new Map<string, Addressed>();
  const leftOut: LeftOut[] = [];
  for (const one of pasted) {
    const parsed = emailSchema.safeParse(one.address);
    const reason = parsed.success ? "This address appears twice." : (parsed.error.issues[0]?.message ?? "");
    const key = parsed.success ? emailKeyOf(parsed.data) : "";
    if (parsed.success && !fresh.has(key)) fresh.set(key, { ...one, email: parsed.data });
    else leftOut.push({ text: one.text, why: parsed.success ? "repeated" : "invalid", reason, person: null });
  }
  return { fresh: [...fresh.values()], leftOut };
}

type Holder = NonNullable<LeftOut["person"]>;

/** By the address: who signs in by it, or null where the actor may not see them. */
async function holdersOf(ctx: Ctx, people: Addressed[]): Promise<Map<string, Holder | null>> {
  const asked = people.map(({ email }) => ({ id: newId(), username: email, email }));
  const found = await collisionsOf(ctx.db, asked);
  const ids = [...found.values()].flatMap((collisions) => collisions.map(({ holderId }) => holderId));
  const rows =
    ids.length === 0
      ? []
      : await ctx.db
          .select()
          .from(users)
          .where(and(inArray(users.id, ids), within(ctx, "user.read", users.id)));
  const seen = new Map(
    rows.map((row) => [row.id, { id: row.id, name: fullName(row), status: statusAt(row, ctx.now()) }]),
  );
  return new Map(
    asked.flatMap(({ id, email }) => {
      const [collision] = found.get(id) ?? [];
      return collision ? [[email, seen.get(collision.holderId) ?? null] as const] : [];
    }),
  );
}

function takenBy(text: string, email: string, person: Holder | null): LeftOut {
  return { text, why: "taken", reason: `"${email}" ${person ? holding(person) : "is already in use."}`, person };
}

const holding = ({ name, status }: Holder) =>
  status === "archived" ? `belongs to ${name}, who is archived.` : `is already in use by ${name}.`;

/** The short one, as when one user is created, or the whole address where that belongs to somebody or to an earlier one of these. */
async function proposeUsernames(ctx: Ctx, emails: string[]): Promise<Map<string, string>> {
  const asked = emails.map((email) => ({ id: newId(), username: usernameFrom(email), email }));
  const found = await collisionsOf(ctx.db, asked);
  const addresses = new Set(emails.map(emailKeyOf));
  const given = new Set<string>();
  return new Map(
    asked.map(({ id, username, email }) => {
      const key = foldName(username);
      const own = key === emailKeyOf(email);
      const isFree = (found.get(id) ?? []).length === 0 && !given.has(key) && (own || !addresses.has(key));
      const proposed = isFree ? username : addressAsUsername(email);
      given.add(foldName(proposed));
      return [email, proposed];
    }),
  );
}
