import { eq, inArray } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { events, groupMembers, groups, links, mails, sessions, signInNames, userRoles, users } from "@/db/schema";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { company, refused } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { twoProcesses, withFreshDatabase } from "@/lib/testing/fresh-database";
import { mailsTo, setUpMail } from "@/lib/testing/mails";
import { statementsOf } from "@/lib/testing/read-only";
import { tell } from "@/lib/testing/thorough";
import { inviteUsers } from "@/lib/users/invitees/invite-users";
import { mostInvited } from "@/lib/users/invitees/schema";

const [here, there] = twoProcesses("invites");

const person = (name: string) => ({
  ...{ email: `${name}@example.com`, username: name },
  ...{ firstName: name, lastName: "Invited" },
});
const people = (count: number, prefix = "p") =>
  Array.from({ length: count }, (_, at) => person(`${prefix}${String(at).padStart(3, "0")}`));

async function stage(tx: Db | Tx) {
  const them = await company(tx);
  const placement = {
    ...{ primaryRoleId: them.eve.primaryRoleId, additionalRoleIds: [] as string[] },
    ...{ managerId: null as string | null, groupIds: [] as string[] },
  };
  return { ...them, placement, ctx: await as(tx, them.ada) };
}

const outcomes = async (tx: Db | Tx) =>
  (await tx.select().from(events).where(eq(events.operation, "user.create"))).map(({ outcome }) => outcome).toSorted();

describe("inviting many", () => {
  test("creates each as invited with what was chosen, mails each a link of its own, and logs each", () =>
    rolledBack(async (tx) => {
      const { ctx, placement, quinn } = await stage(tx);
      await setUpMail(tx);
      const auditor = await roleNamed(tx, "Auditor");
      const [group] = await tx.insert(groups).values({ name: "Nights", nameKey: "nights" }).returning();
      const chosen = { additionalRoleIds: [auditor.id], groupIds: [group!.id], managerId: quinn.id };
      const outcome = await inviteUsers(ctx, { ...placement, ...chosen, people: people(5) });
      expect(outcome).toMatchObject({ already: [], refused: [] });
      expect(outcome.invited.map(({ email, name, link }) => [email, name, link])).toEqual(
        people(5).map(({ email, firstName }) => [email, `${firstName} Invited`, null]),
      );
      const made = await tx
        .select()
        .from(users)
        .where(
          inArray(
            users.email,
            people(5).map(({ email }) => email),
          ),
        );
      expect(made.map(({ status, managerId }) => [status, managerId])).toEqual(made.map(() => ["invited", quinn.id]));
      const ids = made.map(({ id }) => id);
      expect(await tx.$count(userRoles, inArray(userRoles.userId, ids))).toBe(5);
      expect(await tx.$count(groupMembers, inArray(groupMembers.userId, ids))).toBe(5);
      const found = await Promise.all(people(5).map(({ email }) => mailsTo(tx, email)));
      expect(found.map((sent) => sent.length)).toEqual([1, 1, 1, 1, 1]);
      expect(new Set(found.map(([mail]) => mail?.values.link)).size).toBe(5);
      const told = await tx.select().from(events).where(inArray(events.personId, ids));
      expect(told.map(({ operation, outcome: how }) => `${operation} ${how}`)).toEqual(
        ids.map(() => "user.create succeeded"),
      );
    }));

  test("without mail, the links are given back with their end", () =>
    rolledBack(async (tx) => {
      const { ctx, placement } = await stage(tx);
      const { invited } = await inviteUsers(ctx, { ...placement, people: people(3) });
      expect(new Set(invited.map(({ link }) => link)).size).toBe(3);
      for (const { link, linkExpiresAt } of invited) {
        expect(link).toMatch(/\/invite\/[\w-]{43}$/);
        expect(linkExpiresAt?.getTime()).toBeGreaterThan(Date.now());
      }
      expect(await tx.$count(mails)).toBe(0);
      expect(await tx.$count(links)).toBe(3);
    }));

  test("names that are taken or none refuse their own line; sent again, nothing is done twice", () =>
    rolledBack(async (tx) => {
      const { ctx, placement, eve } = await stage(tx);
      await setUpMail(tx);
      const lines = [
        { ...person("first"), username: "eve" },
        person("second"),
        { ...person("third"), email: eve.email },
        { ...person("fourth"), email: "rubbish" },
        { ...person("fifth"), username: "x" },
        person("sixth"),
        { ...person("seventh"), username: "SIXTH" },
      ];
      const outcome = await inviteUsers(ctx, { ...placement, people: lines });
      expect(outcome.invited.map(({ email }) => email)).toEqual(["second@example.com", "sixth@example.com"]);
      expect(outcome.refused).toEqual([
        {
          email: "first@example.com",
          reason: '"eve" is already in use by Eve Engineer. User names are not case-sensitive.',
        },
        { email: eve.email, reason: `"${eve.email}" is already in use by Eve Engineer.` },
        { email: "rubbish", reason: "This is not an email address." },
        { email: "fifth@example.com", reason: "A user name has 3 to 64 characters." },
        {
          email: "seventh@example.com",
          reason: '"SIXTH" is already in use by sixth Invited. User names are not case-sensitive.',
        },
      ]);
      const before = [await tx.$count(users), await tx.$count(mails), await tx.$count(links)];
      const again = await inviteUsers(ctx, { ...placement, people: lines });
      expect(again.invited).toEqual([]);
      expect(again.already).toEqual(["second@example.com", "sixth@example.com"]);
      expect(again.refused).toEqual(outcome.refused);
      expect([await tx.$count(users), await tx.$count(mails), await tx.$count(links)]).toEqual(before);
    }));

  test("what refuses one whatever their names are refuses all, is reported once, and does nothing (R8)", () =>
    rolledBack(async (tx) => {
      const { lee, placement } = await stage(tx);
      const admin = await roleNamed(tx, "Admin");
      const before = await tx.$count(users);
      await expect(inviteUsers(await as(tx, lee), { ...placement, people: people(20) })).rejects.toEqual(
        refused("forbidden"),
      );
      expect(await outcomes(tx)).toEqual(["refused"]);
      const ctx = await as(tx, await makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"] }));
      const wrong = { ...placement, additionalRoleIds: [admin.id], people: people(20) };
      await expect(inviteUsers(ctx, wrong)).rejects.toEqual(refused("invalid", /cannot be combined/));
      expect(await tx.$count(users)).toBe(before + 1);
    }));

  test("an old proof of who one is is asked for as for one user (S8)", () =>
    rolledBack(async (tx) => {
      const { ada, placement } = await stage(tx);
      const sessionId = newId();
      const [verifiedAt, endsAt] = [new Date(Date.now() - 11 * 60_000), new Date(Date.now() + 3_600_000)];
      const row = { id: sessionId, userId: ada.id, address: "::1", agent: "test", verifiedAt, endsAt };
      await tx.insert(sessions).values(row);
      const ctx: Ctx<Person> = createContext(tx, { ...(await as(tx, ada)).actor, sessionId });
      await expect(inviteUsers(ctx, { ...placement, people: people(3) })).rejects.toEqual(refused("stale"));
      await tx.update(sessions).set({ verifiedAt: new Date() }).where(eq(sessions.id, sessionId));
      expect((await inviteUsers(ctx, { ...placement, people: people(3) })).invited).toHaveLength(3);
    }));
});

test("of two who invite the same people at the same moment, each person is created once", async () => {
  const { ada, placement } = await stage(here);
  const lines = people(30, "race");
  const [mine, theirs] = [await as(here, ada), await as(there, ada)];
  const both = await Promise.all([
    inviteUsers(mine, { ...placement, people: lines }),
    inviteUsers(theirs, { ...placement, people: lines.toReversed() }),
  ]);
  const invited = both.flatMap((outcome) => outcome.invited.map(({ email }) => email));
  expect(invited.toSorted()).toEqual(lines.map(({ email }) => email));
  expect(both.flatMap(({ refused: left }) => left)).toEqual([]);
  expect(both.flatMap(({ already }) => already)).toHaveLength(30);
  expect(
    await here.$count(
      signInNames,
      inArray(
        signInNames.key,
        lines.map(({ email }) => email),
      ),
    ),
  ).toBe(30);
});

test(
  `${mostInvited} people are invited in as many statements as ten, by mail and under a manager`,
  () =>
    withFreshDatabase("invite_statements", async (db, url) => {
      const { ada, quinn, placement } = await stage(db);
      await setUpMail(db);
      const auditor = await roleNamed(db, "Auditor");
      const [group] = await db.insert(groups).values({ name: "Nights", nameKey: "nights" }).returning();
      const chosen = { additionalRoleIds: [auditor.id], groupIds: [group!.id], managerId: quinn.id };
      const asked: number[] = [];
      for (const many of [2, 10, mostInvited])
        asked.push(
          await statementsOf(url, async (tx) => {
            const input = { ...placement, ...chosen, people: people(many) };
            expect((await inviteUsers(await as(tx, ada), input)).invited).toHaveLength(many);
          }),
        );
      const [, ten = 0, all = 0] = asked;
      tell("inviting many", { "statements for ten people": ten, [`for ${mostInvited}`]: all });
      expect(all).toBe(ten);
      expect(all).toBeLessThanOrEqual(75);
    }),
  60_000,
);
