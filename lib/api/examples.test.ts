import { expect, test } from "vitest";
import { endpoints } from "@/lib/api/table";
import { rolledBack } from "@/lib/testing/database";
import {
  type Described,
  describedOperations,
  exampleRequest,
  examplesOf,
  faultsOf,
  mediaOf,
  responseOf,
} from "@/lib/testing/described-interface";
import { exampleWorld, prepareExample } from "@/lib/testing/example-world";
import { type Answered, type Program, programOf } from "@/lib/testing/programs";

const titleOf = ({ method, path }: Described) => `${method} ${path}`;
const all = describedOperations.map((operation) => [titleOf(operation), operation] as const);
const nameOf = ({ method, path }: Described) =>
  endpoints.find((one) => one.method === method && one.path === path)?.name ?? "";

/** The status is one that is described, and the answer fits what is described for it. */
function expectDescribed(operation: Described, { status, headers, body }: Answered) {
  const response = responseOf(operation, status);
  expect(response, `${titleOf(operation)} answered ${status}: ${JSON.stringify(body)}`).not.toBeNull();
  const { type, media } = mediaOf(response ?? {});
  expect(headers.get("content-type")).toBe(type);
  expect(faultsOf(media.schema, body)).toEqual([]);
}

async function inWorld(operation: Described, work: (ask: Program) => Promise<void>) {
  await rolledBack(async (tx) => {
    const { ada } = await exampleWorld(tx);
    const ask = await programOf(tx, ada);
    await prepareExample(tx, ask, nameOf(operation));
    await work(ask);
  });
}

test("the walk sees every address", () => {
  expect(all.length).toBe(endpoints.length);
  expect(all.length).toBeGreaterThan(50);
});

test.each(all)("P1: the example of %s is done, and its answer fits its schema", (_, operation) =>
  inWorld(operation, async (ask) => {
    const { address, body, headers } = exampleRequest(operation);
    const { method } = operation;
    if (method !== "GET") {
      const dry = await ask(method, `${address}?dryRun=true`, { body, headers });
      expect(dry.body).toMatchObject({ dryRun: true });
      expectDescribed(operation, dry);
    }
    const done = await ask(method, address, { body, headers });
    expect(done.body).not.toHaveProperty("detail");
    expect([200, 201]).toContain(done.status);
    expectDescribed(operation, done);
    for (const name of Object.keys(responseOf(operation, done.status)?.headers ?? {}))
      if (name === "ETag") expect(done.headers.get(name)).toMatch(/^"\d+"$/);
    if (!headers["Idempotency-Key"]) return;
    const again = await ask(method, address, { body, headers });
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([done.status, "true"]);
    expectDescribed(operation, again);
  }),
);

const reads = all.filter(([, { method }]) => method === "GET");

test.each(reads)("P2: each parameter of %s has an example, which is understood", (_, operation) =>
  inWorld(operation, async (ask) => {
    const { address } = exampleRequest(operation);
    for (const { name, example, schema } of operation.parameters.filter((one) => one.in === "query")) {
      if (name === "after") continue;
      expect(example, `${name} has no example: add it to lib/api/example-words.ts`).toBeDefined();
      expect(faultsOf(schema, example), name).toEqual([]);
      const query = new URLSearchParams([example].flat().map((one) => [name, String(one)]));
      const answer = await ask("GET", `${address}?${query}`);
      expect([name, answer.status]).toEqual([name, 200]);
      expectDescribed(operation, answer);
    }
  }),
);

test.each(all)("P1: the examples that %s prints fit their schemas", (_, operation) => {
  for (const { schema, example, required, name } of operation.parameters) {
    if (required) expect(example, name).toBeDefined();
    if (example !== undefined) expect(faultsOf(schema, example), name).toEqual([]);
  }
  const [media] = Object.values(operation.requestBody?.content ?? {});
  if (media) expect(faultsOf(media.schema, media.example)).toEqual([]);
  for (const status of Object.keys(operation.responses)) {
    const answer = mediaOf(responseOf(operation, Number(status)) ?? {}).media;
    expect(examplesOf(answer), status).not.toEqual([]);
    for (const example of examplesOf(answer)) expect(faultsOf(answer.schema, example), status).toEqual([]);
  }
});
