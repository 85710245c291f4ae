import { z } from "zod";
import { type Body, body, versioned } from "@/lib/api/body";
import type { Endpoint } from "@/lib/api/endpoint";
import { list } from "@/lib/api/listed";
import { ownerShown, read } from "@/lib/api/reads";
import * as shapes from "@/lib/api/shapes";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { servedLists } from "@/lib/list-registry";
import { findAccount, rolesOfAccount } from "@/lib/people/service-accounts";
import { uuid } from "@/lib/platform/uuid";
import { createAccount } from "@/lib/service-accounts/commands/create";
import { deleteAccount } from "@/lib/service-accounts/commands/delete";
import { enableAccount } from "@/lib/service-accounts/commands/state";
import { updateAccount } from "@/lib/service-accounts/commands/update";
import { getAccount } from "@/lib/service-accounts/queries";
import { accountSchema } from "@/lib/service-accounts/schema";

/** What programs read about service accounts. */
export const accountReads: Endpoint[] = [
  read({
    path: "/service-accounts/{id}",
    name: "service_account.read",
    summary: "Retrieve a service account",
    tag: "Service accounts",
    operation: "service_account.read",
    input: accountSchema,
    gives: shapes.serviceAccountShape,
    async read(ctx, { id }) {
      const account = await getAccount(ctx, id);
      return { ...account, owner: ownerShown(account.owner), tokens: account.tokens.length };
    },
  }),
  list({
    ...{ path: "/service-accounts", name: "service_account.list", summary: "List service accounts" },
    ...{ tag: "Service accounts", operation: "service_account.read" as const },
    item: shapes.listedAccountShape,
    served: servedLists.serviceAccounts,
    of: () => undefined,
    itemOf: (row) => ({ ...row, owner: ownerShown(row.owner) }),
  }),
  list({
    path: "/service-accounts/{serviceAccountId}/tokens",
    name: "service_account.list_tokens",
    summary: "List the access tokens of a service account",
    ...{ tag: "Service accounts", operation: "token.read" as const, about: "serviceAccountId" },
    item: shapes.tokenShape,
    served: servedLists.tokens,
    async of(ctx, id) {
      const { name, ownerId } = await accountInSight(ctx, id, "token.read");
      return { id, name, ownerId, account: true };
    },
    itemOf: (row) => row,
  }),
];

const text = z.string();
const ids = z.array(uuid());

export const accountBodies: Body[] = [
  body(createAccount, z.strictObject({ name: text, ownerId: uuid(), roleIds: ids.default([]) }), (_, given) => given),
  body(enableAccount, accountSchema, (_, given) => given),
  versioned(
    updateAccount,
    z.strictObject({ id: uuid(), name: text.optional(), ownerId: uuid().optional(), roleIds: ids.optional() }),
    async (ctx, { id, ...given }, version) => {
      const { name, ownerId, ...stored } = await accountInSight(ctx, id);
      const roleIds = await rolesOfAccount(ctx.db, id);
      return { name, ownerId: ownerId ?? "", roleIds, ...given, id, version: version ?? stored.version };
    },
  ),
  versioned(deleteAccount, z.strictObject({ id: uuid() }), async (ctx, { id }, version) => ({
    id,
    version: version ?? (await accountInSight(ctx, id)).version,
  })),
];

async function accountInSight(
  ctx: Ctx,
  id: string,
  operation: "service_account.read" | "token.read" = "service_account.read",
) {
  const found = await findAccount(ctx, operation, id);
  if (!found) throw notFound("The service account");
  return found;
}
