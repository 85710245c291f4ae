import { and, eq, inArray } from "drizzle-orm";
import { users } from "@/db/schema";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { runAll, type Settled } from "@/lib/kernel/run-all";
import { emailKeyOf } from "@/lib/normalization/email";
import { foldName } from "@/lib/normalization/fold";
import { fullName } from "@/lib/normalization/names";
import { databaseRefusal } from "@/lib/platform/unavailable";
import { type Created, createUser } from "@/lib/users/commands/create";
import type { InviteUsers } from "@/lib/users/invitees/schema";
import { type CreateUser, createUserSchema } from "@/lib/users/schema";

type Invitee = InviteUsers["people"][number];

export type Invited = { email: string; name: string; link: string | null; linkExpiresAt: Date | null };

export type InviteOutcome = {
  /** Who was created; with the link where there is no mail to send it. */
  invited: Invited[];
  /** Addresses of people who are invited by these very names: nothing was done about them again. */
  already: string[];
  refused: { email: string; reason: string }[];
};

/**
 * Creates people and sends each an invitation link, as creating one does, with an event each. What refuses one whatever their names are,
 * such as a role that the actor may not give, refuses all of them and is thrown.
 */
export async function inviteUsers(ctx: Ctx, { people, ...placement }: InviteUsers): Promise<InviteOutcome> {
  const drafts = people.map((person) => draftOf(person, placement));
  const settled = await createAll(
    ctx,
    drafts.flatMap((draft) => (draft.ok ? [draft.value] : [])),
  );
  const created = drafts.map((draft) => (draft.ok ? (settled.shift() as Settled<Created>) : draft));
  const isInvited = await invitedAmong(
    ctx,
    people.filter((_, at) => !created[at]?.ok),
  );
  const outcome: InviteOutcome = { invited: [], already: [], refused: [] };
  for (const [at, person] of people.entries()) {
    const one = created[at] as Settled<Created>;
    const { email } = person;
    if (one.ok) outcome.invited.push({ email, name: fullName(person), ...linkOf(one.value) });
    else if (isInvited(person)) outcome.already.push(email);
    else outcome.refused.push({ email, reason: reasonOf(one.error) });
  }
  return outcome;
}

const linkOf = ({ link, linkExpiresAt }: Created) => ({ link, linkExpiresAt });

/** What is wrong with one of them alone is found before anything is done. */
function draftOf(person: Invitee, placement: Omit<InviteUsers, "people">): Settled<CreateUser> {
  const credentials = { credentials: "invite", password: "", confirmPassword: "", mustChangePassword: false };
  const parsed = createUserSchema.safeParse({ ...person, ...placement, ...credentials, configuration: "default" });
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, error: new AppError("invalid", parsed.error.issues[0]?.message ?? "") };
}

/** The first by itself: what applies to all is reported once, and nothing was done then. */
async function createAll(ctx: Ctx, inputs: CreateUser[]): Promise<Settled<Created>[]> {
  const first = await runAll(ctx, createUser, inputs.slice(0, 1));
  for (const one of first) if (!one.ok && !isAboutNames(one.error)) throw one.error;
  return [...first, ...(await runAll(ctx, createUser, inputs.slice(1)))];
}

const names: readonly string[] = ["email", "username"];

const isAboutNames = (error: unknown) =>
  error instanceof AppError &&
  error.fields !== undefined &&
  Object.keys(error.fields).every((field) => names.includes(field));

/** Whose account is there as an earlier press of the same button has made it. */
async function invitedAmong(ctx: Ctx, people: Invitee[]): Promise<(person: Invitee) => boolean> {
  if (people.length === 0) return () => false;
  const keys = people.map(({ email }) => emailKeyOf(email));
  const found = await ctx.db
    .select({ emailKey: users.emailKey, usernameKey: users.usernameKey })
    .from(users)
    .where(and(inArray(users.emailKey, keys), eq(users.status, "invited"), within(ctx, "user.read", users.id)));
  const known = new Map(found.map(({ emailKey, usernameKey }) => [emailKey, usernameKey]));
  return ({ email, username }) => known.get(emailKeyOf(email)) === foldName(username);
}

/** Throws what nobody has worded. */
function reasonOf(fault: unknown): string {
  const error = databaseRefusal(fault) ?? fault;
  if (!(error instanceof AppError)) throw fault;
  return Object.values(error.fields ?? {})[0] ?? error.message;
}
