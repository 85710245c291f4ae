import { and, or, type SQL, sql } from "drizzle-orm";
import { users } from "@/db/schema";
import { statusCondition } from "@/lib/authz/account-status";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import type { Arm } from "@/lib/credentials/arms";
import type { AccountState, credentialList } from "@/lib/credentials/filters";
import type { Conditions } from "@/lib/lists/conditions";
import { foundIn } from "@/lib/normalization/search-condition";
import { searchCondition } from "@/lib/people/search";
import { accountsWithin } from "@/lib/people/service-accounts";

/** Each filter, as a condition on the rows of one arm. */
export const credentialConditions: Conditions<typeof credentialList, { ctx: Ctx; arm: Arm }> = {
  kind: (kinds, { arm }) => sql`${arm.kind} in ${kinds}`,
  person: (people, { arm }) => sql`${arm.userId} in ${people}`,
  account: (wanted, { ctx, arm }) => or(...wanted.map((one) => accountCondition(one, arm, ctx.now()))) ?? sql`true`,
  unused: (wanted, { ctx, arm }) => or(...wanted.map((days) => unusedFor(days, arm, ctx.now()))) ?? sql`true`,
};

/** By whom a credential is held, as far as the actor sees them (R11). */
export function foundBy(ctx: Ctx, q: string, { userId, accountId }: Arm): SQL | undefined {
  const person = searchCondition(q);
  const account = foundIn(sql`service_accounts.search`, q, sql`service_accounts.id`);
  if (!person || !account) return undefined;
  const seen = or(within(ctx, "user.read", users.id), sql`${users.id} = ${ctx.actor.access.personId}`);
  return sql`(${userId} in (select users.id from users where ${and(person, seen)})
    or ${accountId} in (select service_accounts.id from service_accounts where ${and(account, accountsWithin(ctx, "service_account.read"))}))`;
}

function accountCondition(state: AccountState, arm: Arm, at: Date): SQL {
  if (state === "service_account") return sql`${arm.accountId} is not null`;
  return sql`exists(select 1 from users where users.id = ${arm.userId} and ${statusCondition(state, at)})`;
}

/** What is younger than that was not without a use for so long. */
function unusedFor(days: number | "never", { lastUse, createdAt }: Arm, at: Date): SQL {
  if (days === "never") return sql`${lastUse} = '-infinity'::timestamptz`;
  const since = sql`${new Date(at.getTime() - days * 86_400_000).toISOString()}::timestamptz`;
  return sql`(${lastUse} < ${since} and ${createdAt} < ${since})`;
}
