import { inArray, sql } from "drizzle-orm";
import { serviceAccounts, users } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import type { CredentialKind } from "@/lib/credentials/kinds";
import { fullName } from "@/lib/normalization/names";
import { namesInSight, visibleTo } from "@/lib/people/scoped";
import { accountsWithin } from "@/lib/people/service-accounts";
import { pictureInSight } from "@/lib/platform/picture-address";
import { deviceOf } from "@/lib/sessions/device";

/** One live credential as a list shows it; never what opens anything. */
export type ListedCredential = {
  id: string;
  kind: CredentialKind;
  /** Of a token or client its name, of a session its device; null for a link. */
  name: string | null;
  prefix: string | null;
  lastFour: string | null;
  address: string | null;
  /** `visible`: whether the reader may open their pages. */
  user: { id: string; name: string; username: string; visible: boolean; picture: string | undefined } | null;
  serviceAccount: { id: string; name: string; visible: boolean } | null;
  createdAt: Date;
  /** Who created it, if that is known and not its user. */
  maker: string | null;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  /** The session in which the list is being read. */
  own: boolean;
};

type Found = Omit<ListedCredential, "user" | "serviceAccount" | "maker" | "own"> & {
  userId: string | null;
  accountId: string | null;
  createdBy: string | null;
};

export async function shownCredentials(ctx: Ctx, found: Found[]): Promise<ListedCredential[]> {
  const idsOf = (key: "userId" | "accountId" | "createdBy") => [...new Set(found.flatMap((row) => row[key] ?? []))];
  const [people, accounts, makers] = await Promise.all([
    peopleOf(ctx, idsOf("userId")),
    accountsOf(ctx, idsOf("accountId")),
    namesInSight(ctx, idsOf("createdBy")),
  ]);
  return found.map((row) => {
    const { id, kind, name, prefix, lastFour, address, createdAt, lastUsedAt, expiresAt } = row;
    return {
      ...{ id, kind, prefix, lastFour, address, createdAt, lastUsedAt, expiresAt },
      name: kind === "session" && name !== null ? deviceOf(name) : name,
      user: people.get(row.userId ?? "") ?? null,
      serviceAccount: accounts.get(row.accountId ?? "") ?? null,
      maker: makerOf(row, makers),
      own: kind === "session" && id === ctx.actor.sessionId,
    };
  });
}

/** Without a stored maker, a token was made by the server's owner, and a link by them or asked for by its user. */
function makerOf({ kind, userId, createdBy }: Found, makers: Map<string, { name: string }>): string | null {
  if (createdBy !== null) return createdBy === userId ? null : (makers.get(createdBy)?.name ?? "an administrator");
  return kind === "access_token" || kind === "provision_token" ? "the server's owner" : null;
}

async function peopleOf(ctx: Ctx, ids: string[]) {
  if (ids.length === 0) return new Map<string, NonNullable<ListedCredential["user"]>>();
  const { id, firstName, lastName, username, pictureTag } = users;
  const rows = await ctx.db
    .select({ id, firstName, lastName, username, pictureTag, visible: visibleTo(ctx, users.id) })
    .from(users)
    .where(inArray(users.id, ids));
  return new Map(
    rows.map(({ firstName, lastName, pictureTag, ...row }) => [
      row.id,
      { ...row, name: fullName({ firstName, lastName }), picture: pictureInSight({ ...row, pictureTag }, row.visible) },
    ]),
  );
}

async function accountsOf(ctx: Ctx, ids: string[]) {
  if (ids.length === 0) return new Map<string, NonNullable<ListedCredential["serviceAccount"]>>();
  const { id, name } = serviceAccounts;
  const visible = sql<boolean>`coalesce(${accountsWithin(ctx, "service_account.read")}, false)`;
  const rows = await ctx.db.select({ id, name, visible }).from(serviceAccounts).where(inArray(id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}
