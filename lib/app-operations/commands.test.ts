import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { appOperations } from "@/db/schema";
import { declareOperation, importOperations, removeOperation } from "@/lib/app-operations/commands";
import { declarableSchema } from "@/lib/app-operations/own-nouns";
import { parseOperationList } from "@/lib/app-operations/parse-list";
import { listOperations } from "@/lib/app-operations/queries";

import { company, refused, wrongField } from "@/lib/testing/company";
import { as, lastEvent, rolledBack } from "@/lib/testing/database";

const one = { key: "project.create", sentence: "Create a project" };

describe("declareOperation", () => {
  test("declares it, once", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      await declareOperation(await as(tx, ada), one);
      expect(await tx.$count(appOperations, eq(appOperations.key, one.key))).toBe(1);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "app_operation.declare", outcome: "succeeded" });
      expect(event.values["fact.operations"]).toEqual([one.key]);
      expect(event.values["change.project.create"]).toEqual([null, "Create a project"]);
      await expect(declareOperation(await as(tx, ada), one)).rejects.toEqual(wrongField("key", /already declared/));
    }));

  test("refuses actors without permission", () =>
    rolledBack(async (tx) => {
      const { quinn } = await company(tx);
      await expect(declareOperation(await as(tx, quinn), one)).rejects.toEqual(refused("forbidden"));
      expect(await lastEvent(tx)).toMatchObject({ operation: "app_operation.declare", outcome: "refused" });
    }));

  test.each([
    ["user.update", /Gatehouse's own/],
    ["user.fly", /Gatehouse's own/],
    ["Project.create", /lower-case/],
    ["project", /a noun, a full stop and a verb/],
    ["project.create.now", /a noun, a full stop and a verb/],
    ["project.", /a noun, a full stop and a verb/],
  ])("%s is no key for it", (key, sentence) => {
    const parsed = declarableSchema.safeParse({ ...one, key });
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues[0]?.message).toMatch(sentence);
  });
});

describe("importOperations", () => {
  test("adds the new, changes sentences, keeps the rest", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const text = JSON.stringify([
        one,
        { key: "report.view", sentence: "View reports" },
        { key: "project.manage", sentence: "Manage all projects" },
      ]);
      expect(await importOperations(await as(tx, ada), { text })).toEqual({ added: 1, changed: 1, kept: 1 });
      const event = await lastEvent(tx);
      expect(event.values["fact.operations"]).toEqual(["project.create", "project.manage"]);
      expect(event.values["change.project.manage"]).toEqual(["Manage projects", "Manage all projects"]);
    }));

  test("imports nothing when one entry is wrong, and names its line", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const text = `[\n  ${JSON.stringify(one)},\n  { "key": "user.update", "sentence": "Edit" }\n]`;
      await expect(importOperations(await as(tx, ada), { text })).rejects.toMatchObject({
        code: "invalid",
        details: { faults: [{ line: 3, sentence: expect.stringMatching(/Gatehouse's own/) }] },
      });
      expect(await tx.$count(appOperations, eq(appOperations.key, one.key))).toBe(0);
    }));

  test("refuses actors without permission, before it says what is wrong", () =>
    rolledBack(async (tx) => {
      const { quinn } = await company(tx);
      await expect(importOperations(await as(tx, quinn), { text: "nonsense" })).rejects.toEqual(refused("forbidden"));
    }));
});

describe("the list of an import", () => {
  const faultsOf = (text: string) => parseOperationList(text).faults;

  test.each([
    ["no list", "hello", 1, /not a list/],
    ["an object", '{ "key": "a.b" }', 1, /not a list/],
    ["a torn entry", '[\n{ "key": "a.b", "sentence": "S" },\n{ "key": "a.c" "sentence": "S" }\n]', 3, /not JSON/],
    ["an open quote", '[\n{ "key": "a.b, "sentence": "S" }\n]', 2, /not JSON/],
    ["a word too many", '[{ "key": "a.b", "sentence": "S", "scope": "all" }]', 1, /this one has "scope" too/],
    ["a number", "[\n\n7]", 3, /An entry is/],
    ["no sentence", '[{ "key": "a.b" }]', 1, /Sentence is missing/],
    ["twice the same", '[{"key":"a.b","sentence":"S"},\n{"key":"a.b","sentence":"T"}]', 2, /already on line 1/],
    ["a comma at the end", '[{"key":"a.b","sentence":"S"},\n]', 2, /not JSON/],
  ])("%s", (_, text, line, sentence) => {
    expect(faultsOf(text)).toEqual([{ line, sentence: expect.stringMatching(sentence) }]);
  });

  test("is refused by its number, however long it is, and before anything is read in it", () => {
    const text = `[${",\n".repeat(99_000)}]`;
    expect(faultsOf(text)).toEqual([{ line: 1, sentence: "A list has at most 1000 operations." }]);
  });

  test("every line is counted, those between entries too", () => {
    const text = `[\n${",\n\n".repeat(500)}]`;
    expect(faultsOf(text).map(({ line }) => line)).toEqual(Array.from({ length: 501 }, (_, at) => 2 + 2 * at));
  });

  test("commas and brackets inside words cut nothing", () => {
    const operations = [{ key: "a.b", sentence: 'See "x", [y], {z}' }];
    expect(parseOperationList(`\ufeff${JSON.stringify(operations)}\n`)).toEqual({ operations, faults: [] });
    expect(parseOperationList(" [] ")).toEqual({ operations: [], faults: [] });
  });
});

describe("removeOperation", () => {
  test("removes what no role carries", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      await declareOperation(ctx, one);
      await removeOperation(ctx, { key: one.key });
      expect(await tx.$count(appOperations, eq(appOperations.key, one.key))).toBe(0);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "app_operation.remove", outcome: "succeeded" });
      expect(event.values["change.project.create"]).toEqual(["Create a project", null]);
    }));

  test("refuses what a role carries, and the list says so beforehand", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      await expect(removeOperation(ctx, { key: "project.manage" })).rejects.toEqual(
        refused("precondition", /^"Quality Manager" carries "project.manage"\. Remove it there first\.$/),
      );
      const { operations } = await listOperations(ctx);
      expect(operations.find(({ key }) => key === "project.manage")?.kept).toBe(
        '"Quality Manager" carries it. Remove it there first.',
      );
      expect(operations.find(({ key }) => key === "report.view")?.kept).toMatch(/2 other roles carry it/);
    }));

  test("are found by part of the key or of the sentence", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      const { sentence } = (await listOperations(ctx, "ject.MAN")).operations[0] ?? { sentence: "" };
      const bySentence = await listOperations(ctx, sentence.toUpperCase());
      expect(bySentence.operations.map(({ key }) => key)).toEqual(["project.manage"]);
      expect(await listOperations(ctx, "nothing like it")).toEqual({ operations: [], total: bySentence.total });
    }));

  test("refuses actors without permission, and what is not there", () =>
    rolledBack(async (tx) => {
      const { ada, quinn } = await company(tx);
      await expect(removeOperation(await as(tx, quinn), { key: "project.manage" })).rejects.toEqual(
        refused("not_found"),
      );
      await expect(removeOperation(await as(tx, ada), { key: "not.there" })).rejects.toEqual(refused("not_found"));
    }));
});
