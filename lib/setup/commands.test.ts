import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { events, roles, setupCodes, users } from "@/db/schema";
import { someAdministrators } from "@/lib/authz/administrators";
import { nobody } from "@/lib/authz/principal";
import { type Ctx, createContext } from "@/lib/context";
import type { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/http/parse-input";
import { printSetupCode } from "@/lib/setup/code";
import { checkSetup, checkSetupCode, completeSetup, createAdministrator } from "@/lib/setup/commands";
import { isSetUp } from "@/lib/setup/queries";
import type { CompleteSetup } from "@/lib/setup/schema";
import { signIn } from "@/lib/sign-in/sign-in";
import { wrongField } from "@/lib/testing/company";
import { asNobody, asOperator, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";
import { rounds, tell } from "@/lib/testing/thorough";

const password = "plum tractor forty two";
const person = { username: "Olga", email: "olga@northwind.example", firstName: "Olga", lastName: "Owner" };

const inputWith = (code: string, more: Partial<CompleteSetup> = {}): CompleteSetup => ({
  code,
  preset: "quality_assurance",
  ...person,
  password,
  confirmPassword: password,
  ...more,
});

/** The code as the server's log shows it. */
async function printed(db: Db | Tx): Promise<string> {
  const lines: string[] = [];
  await printSetupCode(db as Db, (line) => lines.push(line));
  return lines[0]?.match(/[0-9A-Z]{5}(-[0-9A-Z]{1,5}){5}$/)?.[0] ?? "";
}

const later = (tx: Tx, seconds: number): Ctx =>
  createContext(tx, nobody, { now: () => new Date(Date.now() + seconds * 1000) });

test("the printed address carries the code after #, where no server sees it; a line of its own has it as well", () =>
  rolledBack(async (tx) => {
    const lines: string[] = [];
    await printSetupCode(tx as unknown as Db, (line) => lines.push(line));
    const [address, typed] = lines.map((line) => line.split(" ").at(-1) ?? "");
    expect(lines).toHaveLength(2);
    const { origin, pathname, search, hash } = new URL(address ?? "");
    expect([origin, pathname, search, hash]).toEqual(["http://localhost:3000", "/setup", "", `#${typed}`]);
    expect(typed).toMatch(/^[0-9A-Z]{5}(-[0-9A-Z]{1,5}){5}$/);
  }));

describe("completeSetup", () => {
  test("makes one administrator with the chosen preset, ends the code and writes the event", () =>
    rolledBack(async (tx) => {
      const code = await printed(tx);
      expect(code.replaceAll("-", "")).toHaveLength(26);
      const { userId } = await completeSetup(asNobody(tx), inputWith(code, { preset: "back_office" }));

      expect(await someAdministrators(tx, new Date())).toEqual([userId]);
      const [user] = await tx
        .select({ status: users.status, role: roles.name })
        .from(users)
        .innerJoin(roles, eq(roles.id, users.primaryRoleId));
      expect(user).toEqual({ status: "active", role: "Head" });
      expect(await tx.select().from(setupCodes)).toEqual([]);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "setup.complete", outcome: "succeeded", personId: userId });
      expect(event.values).toMatchObject({ "fact.preset": "Back office", "change.additionalRoles": [null, ["Admin"]] });
      expect(JSON.stringify(event.values)).not.toContain(password);
      expect(await signIn(asNobody(tx), { name: "OLGA@northwind.example", password })).toMatchObject({ userId });
    }));

  test("takes the code without hyphens, in lower case and with O for 0", () =>
    rolledBack(async (tx) => {
      const code = (await printed(tx)).replaceAll("-", " ").toLowerCase().replaceAll("0", "o");
      await completeSetup(asNobody(tx), inputWith(code));
      expect(await isSetUp(tx)).toBe(true);
    }));

  test("a newer code ends the earlier one; once there is a user there is none", () =>
    rolledBack(async (tx) => {
      const [first, second] = [await printed(tx), await printed(tx)];
      await expect(completeSetup(asNobody(tx), inputWith(first))).rejects.toMatchObject({ code: "invalid" });
      await completeSetup(asNobody(tx), inputWith(second));
      expect(await printed(tx)).toBe("");
      await expect(completeSetup(asNobody(tx), inputWith(second))).rejects.toMatchObject({ code: "precondition" });
    }));

  test("reports a wrong code before anything else, and counts no try where none was entered", () =>
    rolledBack(async (tx) => {
      const code = await printed(tx);
      const careless = { username: "o", email: "nowhere", password: "short", confirmPassword: "other" };
      const fieldsOf = (entered: Partial<CompleteSetup>) =>
        completeSetup(asNobody(tx), inputWith(code, { ...careless, ...entered })).then(
          () => [],
          (error: AppError) => Object.keys(error.fields ?? {}),
        );
      expect(await fieldsOf({ code: "00000" })).toEqual(["code"]);
      expect(await fieldsOf({ code: " " })).toEqual(["code"]);
      expect(await tx.select().from(setupCodes)).toMatchObject([{ wrongTries: 1 }]);
      expect(await fieldsOf({})).toEqual(["username", "email", "password", "confirmPassword"]);
    }));

  test("a code that is checked alone is counted as well; what is checked makes nothing", () =>
    rolledBack(async (tx) => {
      const code = await printed(tx);
      await expect(checkSetupCode(asNobody(tx), { code: "00000" })).rejects.toEqual(wrongField("code", /^Wrong/));
      await expect(checkSetup(asNobody(tx), { ...inputWith("00000"), password: "short" })).rejects.toEqual(
        wrongField("code", /^Wrong/),
      );
      expect(await tx.select().from(setupCodes)).toMatchObject([{ wrongTries: 2 }]);
      await checkSetupCode(asNobody(tx), { code });
      await expect(
        checkSetup(
          asNobody(tx),
          inputWith(code, {
            password: "correct horse battery staple",
            confirmPassword: "correct horse battery staple",
          }),
        ),
      ).rejects.toEqual(wrongField("password", /well-known/));
      await checkSetup(asNobody(tx), inputWith(code));
      expect(await isSetUp(tx)).toBe(false);
      for (let tries = 0; tries < 3; tries++)
        await expect(checkSetupCode(asNobody(tx), { code: "00000" })).rejects.toMatchObject({ code: "invalid" });
      await expect(checkSetupCode(asNobody(tx), { code })).rejects.toMatchObject({ code: "rate_limited" });
    }));

  test("five wrong tries close it for a minute, also for the right code; each is an event", () =>
    rolledBack(async (tx) => {
      const code = await printed(tx);
      for (let tries = 0; tries < 5; tries++)
        await expect(completeSetup(asNobody(tx), inputWith("00000"))).rejects.toMatchObject({
          code: "invalid",
          fields: { code: expect.any(String) },
        });
      expect(await tx.$count(events, eq(events.operation, "setup.complete"))).toBe(5);
      expect(await lastEvent(tx)).toMatchObject({ outcome: "refused", values: { "fact.reason": "wrong code" } });
      await expect(completeSetup(later(tx, 55), inputWith(code))).rejects.toMatchObject({ code: "rate_limited" });
      expect(await isSetUp(tx)).toBe(false);
      await completeSetup(later(tx, 62), inputWith(code));
      expect(await isSetUp(tx)).toBe(true);
    }));
});

describe("two processes", () => {
  const often = rounds(20, 200);
  const [here, there] = twoProcesses("setup");
  const codeOf = (error: AppError) => error.code;

  test("count each of the tries that come at once", async () => {
    const code = await printed(here);
    const tries = Array.from({ length: 12 }, (_, at) =>
      completeSetup(asNobody(at % 2 ? here : there), inputWith(`WRONG-${at}`)).catch(codeOf),
    );
    const answers = await Promise.all(tries);
    expect(answers.filter((answer) => answer === "invalid")).toHaveLength(5);
    expect(answers.filter((answer) => answer === "rate_limited")).toHaveLength(7);
    await expect(completeSetup(asNobody(there), inputWith(code))).rejects.toMatchObject({ code: "rate_limited" });
  });

  test(`of two at once, one makes the administrator, ${often} rounds`, async () => {
    const second = { username: "second", email: "second@northwind.example" };
    for (let round = 0; round < often; round++) {
      await here.execute(sql`truncate users, roles, app_operations, setup_codes cascade`);
      const code = await printed(here);
      const answers = await Promise.all([
        completeSetup(asNobody(here), inputWith(code, { username: "first" })).catch(codeOf),
        completeSetup(asNobody(there), inputWith(code, second)).catch(codeOf),
      ]);
      expect(answers.filter((answer) => answer === "precondition")).toHaveLength(1);
      expect(await here.$count(users)).toBe(1);
      expect(await someAdministrators(here, new Date())).toHaveLength(1);
    }
    tell("two setups with one code", { rounds: often });
  }, 600_000);
});

describe("createAdministrator", () => {
  const input = { ...person, password };

  test("installs the first preset where there are no roles, and ends the setup code", () =>
    rolledBack(async (tx) => {
      await printed(tx);
      const { id } = await createAdministrator(asOperator(tx), input);
      expect(await someAdministrators(tx, new Date())).toEqual([id]);
      expect(await tx.select().from(setupCodes)).toEqual([]);
      expect(await lastEvent(tx)).toMatchObject({
        operation: "user.create",
        actorKind: "operator",
        targetId: id,
        values: { "change.primaryRole": [null, "Quality Manager"] },
      });
    }));

  test("takes the roles that are there", () =>
    rolledBack(async (tx) => {
      await loadPreset(tx, "agent_life_cycle");
      const { id } = await createAdministrator(asOperator(tx), input);
      expect(await someAdministrators(tx, new Date())).toEqual([id]);
    }));

  test("refuses a taken name at its field, a weak password, and people who are not the operator", () =>
    rolledBack(async (tx) => {
      await loadPreset(tx);
      await makeUser(tx, { username: "olga" });
      await expect(createAdministrator(asOperator(tx), input)).rejects.toMatchObject({
        code: "invalid",
        fields: { username: expect.stringContaining("in use") },
      });
      await expect(
        createAdministrator(asOperator(tx), { ...input, password: "correct horse battery staple" }),
      ).rejects.toMatchObject({ fields: { password: expect.stringContaining("well-known") } });
      expect(() => parseInput(createAdministrator.input, { ...input, password: "short" })).toThrow(
        expect.objectContaining({ fields: { password: expect.stringContaining("at least 15") } }),
      );
      await expect(createAdministrator(asNobody(tx), { ...input, username: "oskar" })).rejects.toMatchObject({
        code: "forbidden",
      });
      expect(await someAdministrators(tx, new Date())).toEqual([]);
    }));
});
