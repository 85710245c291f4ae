import { z } from "zod";
import type { Endpoint } from "@/lib/api/endpoint";
import { queryOf } from "@/lib/api/listed";
import { read } from "@/lib/api/reads";
import * as shapes from "@/lib/api/shapes";
import { totalOf } from "@/lib/api/total";
import { appOperationList } from "@/lib/app-operations/filters";
import { listOperations } from "@/lib/app-operations/queries";
import { listProviders } from "@/lib/identity-providers/queries";
import { roleList } from "@/lib/roles/filters";
import { listRoles } from "@/lib/roles/list";
import { listSettings } from "@/lib/settings/queries";

type Searched = { q: z.ZodDefault<z.ZodString> };

/** All of it, as the one page of a list (P2). */
const whole = (items: unknown[]) => ({ items, next: null, total: totalOf({ value: items.length, kind: "exact" }) });

/** The lists that fit on one page. */
export const listsOnOnePage: Endpoint[] = [
  read({
    ...{ path: "/roles", name: "role.list", summary: "List roles", tag: "Roles", operation: "role.read" },
    input: z.strictObject(queryOf(roleList) as Searched),
    gives: shapes.pageShape(shapes.listedRoleShape),
    async read(ctx, { q }) {
      const { primary, additional } = await listRoles(ctx, q);
      return whole(
        [...primary, ...additional].map(({ operations, groups, people, ...role }) => ({
          ...role,
          operationCount: operations,
          groupCount: groups,
          people: people && totalOf(people),
        })),
      );
    },
  }),
  read({
    ...{ path: "/app-operations", name: "app_operation.list", summary: "List the operations of the product" },
    ...{ tag: "App operations", operation: "role.read" },
    input: z.strictObject(queryOf(appOperationList) as Searched),
    gives: shapes.pageShape(shapes.appOperationShape),
    read: async (ctx, { q }) => whole((await listOperations(ctx, q)).operations),
  }),
  read({
    ...{
      path: "/settings",
      name: "setting.list",
      summary: "List settings",
      tag: "Settings",
      operation: "setting.read",
    },
    input: z.strictObject({}),
    gives: shapes.pageShape(shapes.settingShape),
    read: async (ctx) => whole(await listSettings(ctx)),
  }),
  read({
    ...{ path: "/identity-providers", name: "identity_provider.list", summary: "List identity providers" },
    ...{ tag: "Identity providers", operation: "identity_provider.read" },
    input: z.strictObject({}),
    gives: shapes.pageShape(shapes.providerShape),
    read: async (ctx) => whole(await listProviders(ctx)),
  }),
];
