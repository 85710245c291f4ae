import { describe, expect, test } from "vitest";
import { z } from "zod";
import { yes } from "@/lib/authz/decision";
import { generateClient } from "@/lib/clients/commands";
import { clientOperations } from "@/lib/clients/operations";
import type { Ctx, Person } from "@/lib/context";
import { command } from "@/lib/kernel/command";
import { operationsOf } from "@/lib/kernel/operation";
import { run } from "@/lib/kernel/run";
import type { Change, Target, Work } from "@/lib/kernel/steps";
import { byKey, commandByKey, commands } from "@/lib/registry";
import { roleOperations } from "@/lib/roles/operations";
import { findCommands } from "@/lib/testing/commands";

const input = z.strictObject({ id: z.uuid() });
const target = async (): Promise<Target<{ name: string }>> => ({
  id: null,
  person: null,
  record: { name: "x" },
  trace: null,
});
const change = async (): Promise<Change<{ done: true }>> => ({ value: { done: true }, after: null });
const operation = clientOperations["client.confirm"];
const granting = roleOperations["role.update"];
const strangers = operationsOf({
  "book.lend": {
    noun: "Books",
    sentence: "Lend a book",
    scopes: ["all"],
    icon: "key",
    told: { past: "lent", base: "lend", object: () => [] },
  },
});

/** Never run: each line is an error of types, or this file does not compile. */
const silent = async (ctx: Ctx, person: Ctx<Person>) => {
  command(operation, { input, target, change });
  command(operation, { input, route: "POST /clients/{id}", target, change });
  command(granting, { input, target, grants: () => ({}), change });

  // @ts-expect-error: a target
  command(operation, { input, change });
  // @ts-expect-error: a change
  command(operation, { input, target });
  // @ts-expect-error: what it became
  command(operation, { input, target, change: async () => ({ value: null }) });
  // @ts-expect-error: a granting operation says what it grants
  command(granting, { input, target, change });
  // @ts-expect-error: and another has nothing to say
  command(operation, { input, target, grants: () => ({}), change });
  // @ts-expect-error: an input
  command(operation, { route: "POST /clients", target, change });
  // @ts-expect-error: a parameter that is no field of the input
  command(operation, { input, route: "POST /clients/{clientId}", target, change });
  // @ts-expect-error: a method
  command(operation, { input, route: "SEND /clients/{id}", target, change });
  // @ts-expect-error: an operation that the catalogue does not join
  command(strangers["book.lend"], { input, target, change });
  // @ts-expect-error: somebody else than a person cannot be asked for
  command(operation, { for: "operator", input, target, change });
  // @ts-expect-error: what it gives is what its change gives
  command(operation, { input, target, already: () => ({ value: { done: 1 } }), change });

  // What the target found reaches the other steps, and what the change gives reaches the pages.
  command(operation, {
    input,
    target,
    already: (found, given) => (found.name === given.id ? { value: { done: true as const } } : null),
    allowed: (found) => {
      found.name satisfies string;
      // @ts-expect-error: not in the record
      found.other;
      return yes;
    },
    prepare: (given) => async () => given.id.length,
    change: async (_, __, ___, prepared) => {
      prepared satisfies number | undefined;
      return change();
    },
    refresh: (value, given) => {
      value.done satisfies true;
      return [given.id];
    },
  });

  const own = command(operation, {
    for: "person",
    input,
    target: async ({ ctx: { actor } }: Work<Ctx<Person>>) => ({ ...(await target()), id: actor.id satisfies string }),
    change,
  });
  await own(person, { id: "" });
  // @ts-expect-error: not for everybody
  await own(ctx, { id: "" });

  const issued = await generateClient(ctx, { userId: "", name: "" });
  issued.token satisfies string;
  const dry = await run(ctx, generateClient, { userId: "", name: "" }, { dryRun: true });
  dry.value.token satisfies string;
  // @ts-expect-error: a field of the input
  await generateClient(ctx, { userId: "" });
};

/** Before `change`, nothing is known of its value: this order is an error where `refresh` reads it. */
const misplaced = () =>
  command(operation, {
    input,
    target,
    // @ts-expect-error: comes before the step that says what it gives
    refresh: (value) => [String(value.done)],
    change: async (_, record) => ({ value: { done: record.name }, after: null }),
  });

test("a command without its target, its after, its grants or its input does not compile", () => {
  expect([silent, misplaced].every((one) => typeof one === "function")).toBe(true);
});

describe("what a command says of itself", () => {
  test("it is called by its key, which is its operation's unless it has one of its own", () => {
    const first = command(operation, { input, target, change });
    expect([first.key, first.name, first.operation]).toEqual(["client.confirm", "client.confirm", operation]);
    const other = command(operation, { key: "client.confirm_again", input, target, change });
    expect([other.key, other.name, other.operation]).toEqual([
      "client.confirm_again",
      "client.confirm_again",
      operation,
    ]);
  });

  test("no surface is open unless it is named", () => {
    const closed = command(operation, { input, target, change });
    expect([closed.route, closed.for]).toEqual([undefined, undefined]);
    expect(generateClient.route).toBe("POST /users/{userId}/clients");
  });

  test("it refreshes nothing unless it says so", () => {
    expect(command(operation, { input, target, change }).refresh({ done: true }, { id: "" })).toEqual([]);
    const value = { userId: "u" } as Awaited<ReturnType<typeof generateClient>>;
    expect(generateClient.refresh(value, { userId: "u", name: "n" })).toContain("/admin/users/u/clients");
  });
});

describe("the registry", () => {
  test("contains every command that the sources declare, under a key of its own", () => {
    const declared = findCommands();
    expect(declared.length).toBeGreaterThan(50);
    expect(commands.map(({ operation: { key } }) => key).toSorted()).toEqual(
      declared.map(({ operation: key }) => key as string).toSorted(),
    );
    expect(commandByKey.get("client.generate")).toBe(generateClient);
    expect(commandByKey.size).toBe(commands.length);
  });

  test("refuses two commands with one key", () => {
    expect(() =>
      byKey([generateClient, command(operation, { key: "client.generate", input, target, change })]),
    ).toThrow('Two commands have the key "client.generate"');
  });
});
