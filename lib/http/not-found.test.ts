import { expect, test } from "vitest";
import { readPicture } from "@/lib/account/picture";
import { personActor } from "@/lib/auth/person";
import { unrestrictedAccess } from "@/lib/authz/model";
import { openClientList } from "@/lib/clients/queries";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { getGroup } from "@/lib/groups/queries";
import { getRole, newRoleValues } from "@/lib/roles/detail";
import { findSessionsOf } from "@/lib/sessions/queries";
import { getUser } from "@/lib/users/queries";

/** Whatever it is asked, it fails the test. */
const noDatabase = new Proxy({} as never, {
  get: (_, asked) => {
    throw new Error(`The database was asked: ${String(asked)}`);
  },
});

const pages: Record<string, (ctx: Ctx<Person>, id: string) => Promise<unknown>> = {
  "a user": getUser,
  "a user's sessions": findSessionsOf,
  "a user's clients": (ctx, id) => openClientList(ctx, id, {}),
  "a group": getGroup,
  "a role": getRole,
  "a copy of a role": newRoleValues,
  "a picture": (ctx, id) => readPicture(ctx, id, "tag"),
};

test.each(Object.entries(pages))("the page of %s asks the database for no malformed id", async (_, read) => {
  const actor = personActor({
    id: "01a2268d-0164-751d-b3cb-ff4060000000",
    sessionId: null,
    access: unrestrictedAccess,
  });
  const ctx = createContext(noDatabase, actor);
  for (const id of ["new", "1", "%00", "01a2268d-0164-751d-b3cb-ff406", "{01a2268d-0164-751d-b3cb-ff4060000000}"]) {
    const found = await read(ctx, id).catch((error: unknown) => error);
    if (found !== null) expect(found).toMatchObject({ code: "not_found" });
  }
});
