import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { signInNames, users } from "@/db/schema";
import { countUnknownProof } from "@/lib/audit/unknown-proofs";
import { countUntil, quarterEnd, throttle } from "@/lib/auth/throttle";
import type { Ctx } from "@/lib/context";
import { notFound, precondition } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { lockRows } from "@/lib/kernel/lock";
import type { Change } from "@/lib/kernel/steps";
import { deliverLink } from "@/lib/links/deliver";
import { mailWorks } from "@/lib/mail/transport";
import { fullName } from "@/lib/normalization/names";
import { mayRedeem } from "@/lib/passwords/by-link";
import { passwordOperations } from "@/lib/passwords/operations";
import type { RequestPassword } from "@/lib/passwords/schema";
import { withKeeper } from "@/lib/people/keeper";
import { barredBy, barredReason } from "@/lib/people/only-way-in";
import { signsInAs } from "@/lib/people/sign-in-names";

export const noMailForLinks = "Mail is not set up here. Ask an administrator for a link.";

/** Milliseconds that a request takes at least, so that whether the account exists cannot be inferred from the time (S1). */
const requestTime = 150;

/** Links for one person in a quarter of an hour: a stranger who asks again and again revokes no link before it is read. */
const mostLinks = 3;
const tooMany = `more than ${mostLinks} links in a quarter of an hour`;

/** Mails a link for a new password, if there is an account to mail it to. The answer never reveals whether. */
export async function requestPassword(ctx: Ctx, { name }: RequestPassword): Promise<void> {
  if (!(await mailWorks(ctx.db))) throw precondition(noMailForLinks);
  await throttle(ctx, "password.request");
  await Promise.all([mailLink(ctx, name), sleep(requestTime)]);
}

async function mailLink(ctx: Ctx, name: string): Promise<void> {
  const userId = await findByName(ctx, name);
  await (userId ? mailResetLink(ctx, { userId }) : countUnknownProof(ctx, "password.request"));
}

/** A refusal is in the event alone, and not thrown: the person who asks must not learn of it. */
export const mailResetLink = command(passwordOperations["password.request"], {
  input: internalInput<{ userId: string }>(),
  target: async ({ tx }, { userId }) => {
    const [found] = await lockRows(tx, tx.select().from(users).where(eq(users.id, userId)), "update");
    if (!found) throw notFound("The account");
    const record = await withKeeper(tx, found);
    return { id: record.id, person: { id: record.id, name: fullName(record) }, record, trace: null };
  },
  change: async ({ ctx, tx, now }, person): Promise<Change<void>> => {
    const may = mayRedeem(person, now);
    if (!may.ok) return { value: undefined, after: null, outcome: "refused", facts: { reason: may.reason } };
    if (await barredBy(tx, person.id, now))
      return { value: undefined, after: null, outcome: "refused", facts: { reason: barredReason } };
    if ((await countUntil(tx, `${person.id} asked for a password`, quarterEnd(now))) > mostLinks)
      return { value: undefined, after: null, outcome: "refused", facts: { reason: tooMany } };
    await deliverLink(ctx, tx, person, "password_reset");
    return { value: undefined, after: null };
  },
});

async function findByName(ctx: Ctx, name: string): Promise<string | null> {
  if (/[\p{Cc}\p{Cs}]/u.test(name)) return null;
  const { where, first } = signsInAs(name);
  const [held] = await ctx.db
    .select({ userId: signInNames.userId })
    .from(signInNames)
    .innerJoin(users, eq(users.id, signInNames.userId))
    .where(where)
    .orderBy(first)
    .limit(1);
  return held?.userId ?? null;
}
