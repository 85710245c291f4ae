import { expect, test } from "vitest";
import { events, signInNames } from "@/db/schema";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, makeUser, rolledBack } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { statementsOf } from "@/lib/testing/read-only";
import { archiveUser } from "@/lib/users/commands/archive";
import { readInvitees } from "@/lib/users/invitees/read-invitees";
import { mostInvited } from "@/lib/users/invitees/schema";

const list = (...lines: string[]) => ({ text: lines.join("\n") });

test("each address is new, taken by somebody, not one, or there twice; nothing is claimed or logged", () =>
  rolledBack(async (tx) => {
    const { ada, eve } = await company(tx);
    const gone = await makeUser(tx, { username: "gone", firstName: "Gerda", lastName: "Gone" });
    const ctx = await as(tx, ada);
    await archiveUser(ctx, { id: gone.id, owners: [], managerId: null });
    const before = [await tx.$count(signInNames), await tx.$count(events)];
    const { invitees, leftOut } = await readInvitees(
      ctx,
      list(
        '"Newman, Nils" <Nils.Newman@Example.com>; nora.new@example.com',
        `Eve <${eve.email.toUpperCase()}> nils.newman@example.com`,
        `rubbish, ${gone.email}`,
      ),
    );
    expect(invitees).toEqual([
      {
        text: '"Newman, Nils" <Nils.Newman@Example.com>',
        ...{ email: "Nils.Newman@Example.com", username: "nils.newman", firstName: "Nils", lastName: "Newman" },
      },
      {
        text: "nora.new@example.com",
        ...{ email: "nora.new@example.com", username: "nora.new", firstName: "Nora", lastName: "New" },
      },
    ]);
    expect(leftOut.map(({ text, why, person }) => [text, why, person?.name, person?.status])).toEqual([
      ["nils.newman@example.com", "repeated", undefined, undefined],
      ["rubbish", "invalid", undefined, undefined],
      [`Eve <${eve.email.toUpperCase()}>`, "taken", "Eve Engineer", "active"],
      [gone.email, "taken", "Gerda Gone", "archived"],
    ]);
    expect(leftOut.map(({ reason }) => reason)).toEqual([
      "This address appears twice.",
      "This is not an email address.",
      expect.stringContaining("is already in use by Eve Engineer."),
      expect.stringContaining("belongs to Gerda Gone, who is archived."),
    ]);
    expect([await tx.$count(signInNames), await tx.$count(events)]).toEqual(before);
  }));

test("a user name that belongs to somebody, or to an earlier one of the list, gives way to the address", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    const { invitees } = await readInvitees(
      await as(tx, ada),
      list("eve@example.com", "nils@example.com", "nils@example.org", "NILS@example.net", "al@example.com"),
    );
    expect(invitees.map(({ username }) => username)).toEqual([
      "eve@example.com",
      "nils",
      "nils@example.org",
      "nils@example.net",
      "al@example.com",
    ]);
  }));

test("R11: an actor who may not see people learns that an address is taken, and not by whom", () =>
  rolledBack(async (tx) => {
    const { ada, eve, lee } = await company(tx);
    const ctx = await as(tx, ada);
    const blind = {
      ...ctx,
      actor: { ...ctx.actor, access: { ...ctx.actor.access, limit: new Map([["user.create", ["all" as const]]]) } },
    };
    const { leftOut } = await readInvitees(blind, list(eve.email));
    expect(leftOut).toEqual([
      { text: eve.email, why: "taken", reason: `"${eve.email}" is already in use.`, person: null },
    ]);
    await expect(readInvitees(await as(tx, lee), list(eve.email))).rejects.toEqual(refused("forbidden"));
  }));

test("an empty list, and one of more than 200, are refused at the field", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    const ctx = await as(tx, ada);
    const many = (count: number) => list(...Array.from({ length: count }, (_, at) => `p${at}@example.com`));
    await expect(readInvitees(ctx, list(" ,; "))).rejects.toEqual(wrongField("text", /^Paste at least one/));
    await expect(readInvitees(ctx, many(mostInvited + 1))).rejects.toEqual(wrongField("text", /This list has 201\.$/));
    expect((await readInvitees(ctx, many(mostInvited))).invitees).toHaveLength(mostInvited);
  }));

test("200 addresses are read in as many statements as ten", () =>
  withFreshDatabase("read_invitees", async (db, url) => {
    const { ada, eve } = await company(db);
    const asked: number[] = [];
    for (const many of [2, 10, mostInvited])
      asked.push(
        await statementsOf(url, async (tx) => {
          const lines = Array.from({ length: many - 1 }, (_, at) => `p${at}@example.com`);
          const { invitees, leftOut } = await readInvitees(await as(tx, ada), list(eve.email, ...lines));
          expect([invitees.length, leftOut.length]).toEqual([many - 1, 1]);
        }),
      );
    const [, ten, all] = asked;
    expect(all).toBe(ten);
    expect(all).toBeLessThanOrEqual(5);
  }));
