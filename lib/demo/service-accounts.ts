import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { accessTokens, serviceAccountRoles, serviceAccounts } from "@/db/schema";
import { castServiceAccounts } from "@/db/seed/cast";
import { day, daysBefore, minute } from "@/db/seed/factories";
import { type PastEvent, recordHistory } from "@/lib/audit/history";
import { personValue } from "@/lib/audit/named";
import { type Ids, idOf } from "@/lib/demo/store";
import { foldName } from "@/lib/normalization/fold";
import { searchText } from "@/lib/normalization/search";
import { newToken } from "@/lib/platform/token";

/** The service accounts of the demonstration with a token each, whose text nobody knows, and the events of their making. */
export async function storeAccounts(tx: Tx, ids: Ids, roleIds: Ids, now: Date): Promise<void> {
  const adaId = idOf(ids, "ada");
  const past: PastEvent[] = [];
  for (const { name, owner, roles, age, token } of castServiceAccounts) {
    const [id, ownerId] = [newId(), idOf(ids, owner)];
    const [createdAt, madeAt] = [daysBefore(now, age), daysBefore(now, token.age)];
    const named = { name, nameKey: foldName(name), search: searchText(name) };
    await tx.insert(serviceAccounts).values({ id, ...named, ownerId, createdBy: adaId, createdAt });
    await tx
      .insert(serviceAccountRoles)
      .values(roles.map((role) => ({ serviceAccountId: id, roleId: idOf(roleIds, role) })));
    const { hash, prefix, lastFour } = newToken("gh_svc");
    const expiresAt = new Date(madeAt.getTime() + token.days * day);
    await tx.insert(accessTokens).values({
      serviceAccountId: id,
      ...{ name: token.name, nameKey: foldName(token.name), hash, prefix, lastFour },
      ...{ operations: token.operations, expiresAt, createdBy: ownerId, byOwner: true, createdAt: madeAt },
      lastUsedAt: new Date(now.getTime() - token.usedHoursAgo * 60 * minute),
      ...{ lastUsedAddress: token.address, lastUsedAgent: token.agent },
    });
    const told = (at: Date, actorId: string, draft: Pick<PastEvent["draft"], "operation" | "after" | "facts">) =>
      past.push({
        witness: { actor: { kind: "person", id: actorId }, source: demoSource, now: () => at },
        draft: {
          ...draft,
          outcome: "succeeded",
          target: { kind: "service_account", id, personId: ownerId },
          before: null,
        },
      });
    told(createdAt, adaId, {
      operation: "service_account.create",
      after: { name, owner: personValue(ownerId), roles, status: "enabled" },
      facts: { account: name },
    });
    told(madeAt, ownerId, {
      operation: "service_account.issue_token",
      after: { name: token.name, operations: token.operations, expires: expiresAt.toISOString() },
      facts: { account: name, token: token.name },
    });
  }
  await recordHistory(tx, past);
}

const demoSource = { address: "10.20.4.11", agent: null, requestId: null };
