import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { events, groupRoles, groups } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { createGroup } from "@/lib/groups/commands/create";
import { updateGroup, updateGroupRoles } from "@/lib/groups/commands/update";
import { company } from "@/lib/testing/company";
import { as, roleNamed } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { rounds, tell } from "@/lib/testing/thorough";

const often = rounds(20, 1_000);
const [here, there] = twoProcesses("group_races");
let ada: { id: string };

beforeAll(async () => {
  ({ ada } = await company(here));
});

const refusals = (answers: PromiseSettledResult<unknown>[]) =>
  answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason as AppError] : []));

test(`of two groups of one name made at the same moment one is refused at the field, ${often} rounds`, async () => {
  for (let round = 0; round < often; round++) {
    const draft = (name: string) => ({ name, description: "", ownerId: null, roles: [] });
    const answers = await Promise.allSettled([
      createGroup(await as(here, ada), draft(`Race ${round}`)),
      createGroup(await as(there, ada), draft(`RACE ${round}`)),
    ]);
    const [refusal, ...more] = refusals(answers);
    expect(more).toEqual([]);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: "invalid", fields: { name: expect.stringMatching(/already in use/) } });
    expect(await here.$count(groups, eq(groups.nameKey, `race ${round}`))).toBe(1);
  }
  expect(await here.$count(events, eq(events.outcome, "refused"))).toBe(often);
  tell("two groups of one name", { rounds: often });
}, 600_000);

test(`of two edits of one group made at the same moment the second is told so (U9), ${often} rounds`, async () => {
  const auditor = await roleNamed(here, "Auditor");
  for (let round = 0; round < often; round++) {
    const name = `Edited ${round}`;
    const { id } = await createGroup(await as(here, ada), { name, description: "", ownerId: null, roles: [] });
    const answers = await Promise.allSettled([
      updateGroup(await as(here, ada), { id, version: 1, name, description: "Changed.", ownerId: null }),
      updateGroupRoles(await as(there, ada), { id, version: 1, roles: [{ roleId: auditor.id, endsAt: null }] }),
    ]);
    expect(refusals(answers).map(({ code }) => code)).toEqual(["conflict"]);
    const [stored] = await here.select().from(groups).where(eq(groups.id, id));
    const carried = await here.$count(groupRoles, eq(groupRoles.groupId, id));
    expect([stored?.version, stored?.description === "" ? carried : carried + 1]).toEqual([2, 1]);
  }
  tell("two edits of one group", { rounds: often });
}, 600_000);
