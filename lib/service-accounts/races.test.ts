import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { accessTokens, serviceAccounts, users } from "@/db/schema";
import { createContext, type Person } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { createAccount } from "@/lib/service-accounts/commands/create";
import { issueAccountToken } from "@/lib/service-accounts/commands/issue-token";
import { disableAccount } from "@/lib/service-accounts/commands/state";
import { updateAccount } from "@/lib/service-accounts/commands/update";
import { company } from "@/lib/testing/company";
import { as, makeUser, roleNamed } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { rounds, tell } from "@/lib/testing/thorough";
import { regenerateToken } from "@/lib/tokens/commands";
import { archiveUser } from "@/lib/users/commands/archive";

const often = rounds(20, 500);
const [here, there] = twoProcesses("service_account_races");
let ada: { id: string };
let auditor: { id: string };

beforeAll(async () => {
  ({ ada } = await company(here));
  auditor = await roleNamed(here, "Auditor");
});

const refusals = (answers: PromiseSettledResult<unknown>[]) =>
  answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason as AppError] : []));

test(`two accounts of one name, and two edits of one, made at the same moment, ${often} rounds`, async () => {
  for (let round = 0; round < often; round++) {
    const draft = (name: string) => ({ name, ownerId: ada.id, roleIds: [] });
    const [ctxA, ctxB] = [await as(here, ada), await as(there, ada)];
    const made = await Promise.allSettled([
      createAccount(ctxA, draft(`Race ${round}`)),
      createAccount(ctxB, draft(`RACE ${round}`)),
    ]);
    expect(refusals(made)).toMatchObject([{ code: "invalid", fields: { name: expect.stringMatching(/in use/) } }]);
    const [stored] = await here
      .select()
      .from(serviceAccounts)
      .where(eq(serviceAccounts.nameKey, `race ${round}`));
    const edit = { id: stored!.id, version: 1, ownerId: ada.id };
    const edited = await Promise.allSettled([
      updateAccount(ctxA, { ...edit, name: `Race ${round}`, roleIds: [auditor.id] }),
      updateAccount(ctxB, { ...edit, name: `Edited ${round}`, roleIds: [] }),
    ]);
    expect(refusals(edited).map(({ code }) => code)).toEqual(["conflict"]);
  }
  tell("two accounts of one name, two edits of one", { rounds: often });
}, 600_000);

test(`an owner is removed while their account is edited, disabled and given tokens: nobody waits in a ring, and the account has an owner who is there, ${often} rounds`, async () => {
  for (let round = 0; round < often; round++) {
    const [owner, next] = [await makeUser(here), await makeUser(here)];
    const ctx = await as(here, ada);
    const { id } = await createAccount(ctx, { name: `Moved ${round}`, ownerId: ada.id, roleIds: [auditor.id] });
    const proven = createContext(there, (await as(there, ada)).actor as Person);
    const issued = await issueAccountToken(proven, { id, name: "old", operations: ["user.read"], days: 7 });
    await updateAccount(ctx, { id, version: 1, name: `Moved ${round}`, ownerId: owner.id, roleIds: [auditor.id] });
    const [editing, disabling] = [await as(there, ada), await as(there, ada)];
    const answers = await Promise.allSettled([
      archiveUser(ctx, { id: owner.id, managerId: null, owners: [{ id, ownerId: next.id }] }),
      regenerateToken(proven, { id: issued.id, days: 7, overlapHours: 0 }),
      updateAccount(editing, { id, version: 2, name: `Moved ${round}`, ownerId: owner.id, roleIds: [] }),
      disableAccount(disabling, { id }),
    ]);
    for (const refusal of refusals(answers)) {
      expect(refusal).toBeInstanceOf(AppError);
      expect(["conflict", "invalid", "precondition"]).toContain(refusal.code);
    }
    const [stored] = await here.select().from(serviceAccounts).where(eq(serviceAccounts.id, id));
    const [present] = await here
      .select()
      .from(users)
      .where(eq(users.id, stored?.ownerId ?? ""));
    expect(present?.status).toBe("active");
    expect(await here.$count(accessTokens, eq(accessTokens.serviceAccountId, id))).toBe(2);
  }
  tell("owners removed while their account is changed", { rounds: often });
}, 600_000);
