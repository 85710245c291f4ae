import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { openApi } from "@/lib/api/openapi";
import { endpoints, findEndpoint } from "@/lib/api/table";
import { tags } from "@/lib/api/tags";
import { commands } from "@/lib/registry";

type Described = { operationId: string; parameters: { name: string; in: string }[]; responses: object };

const document = JSON.parse(JSON.stringify(openApi())) as { paths: Record<string, Record<string, Described>> };
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
);

test("P1: every address of the table is described once, under a name of its own", () => {
  expect(described).toHaveLength(endpoints.length);
  expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(endpoints.length);
  const templates = Object.keys(document.paths).map((path) => path.replace(/\{\w+\}/g, "{}"));
  expect(new Set(templates).size).toBe(templates.length);
});

test("P1: every address has a tag that is described in lib/api/tags.ts", () => {
  const without = endpoints.filter(({ tag }) => !tags[tag]).map(({ name, tag }) => `${name}: "${tag}" is no tag`);
  expect(without).toEqual([]);
});

test("P1: every parameter of a path is described, and no method occurs twice at an address", () => {
  for (const { path, parameters } of described) {
    const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parameters.filter((one) => one.in === "path").map(({ name }) => name)).toEqual(wanted);
  }
  for (const endpoint of endpoints)
    expect(findEndpoint(endpoint.method, endpoint.path.slice(1).split("/"))).toMatchObject({ endpoint });
});

test("P1: every command with a route is one of them", () => {
  const routes = commands.flatMap(({ route }) => route ?? []);
  expect(routes.length).toBeGreaterThan(25);
  expect(endpoints.map(({ method, path }) => `${method} ${path}`)).toEqual(expect.arrayContaining(routes));
});

test("every reference leads somewhere", () => {
  const text = JSON.stringify(document);
  for (const [, pointer] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    let value: unknown = document;
    for (const part of (pointer ?? "").split("/")) value = (value as Record<string, unknown> | undefined)?.[part];
    expect([pointer, value]).toEqual([pointer, expect.anything()]);
  }
  expect(text).not.toMatch(/"\$schema"|9007199254740991/);
});

test("P1: a linter of OpenAPI has nothing to say against it", async () => {
  const config = await createConfig({ extends: ["recommended"] });
  const problems = await lintFromString({ source: JSON.stringify(document), config });
  const said = problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`);
  expect(said).toEqual([]);
  const broken = { ...document, paths: { ...document.paths, "/broken": { get: { responses: {} } } } };
  expect(await lintFromString({ source: JSON.stringify(broken), config })).not.toEqual([]);
});

type Schema = { [name: string]: unknown; items?: object; additionalProperties?: unknown; const?: unknown };

function* schemasIn(value: unknown): Generator<Schema> {
  if (typeof value !== "object" || value === null) return;
  yield value as Schema;
  for (const [name, part] of Object.entries(value))
    if (name !== "example" && name !== "examples") yield* schemasIn(part);
}

test("P1: generators in other languages read it: no constant but a text, every list of something", () => {
  const all = [...schemasIn(document)];
  expect(all.filter(({ const: only }) => only !== undefined && typeof only !== "string")).toEqual([]);
  expect(all.filter(({ items }) => items && Object.keys(items).length === 0)).toEqual([]);
});

test("P1: an answer may get further fields, a request has none but its own", () => {
  const { components } = document as unknown as { components: object };
  for (const { responses } of described)
    for (const one of [...schemasIn(responses), ...schemasIn(components)])
      expect(one.additionalProperties).not.toBe(false);
  const bodies = described.flatMap((one) => ("requestBody" in one ? [JSON.stringify(one.requestBody)] : []));
  expect(bodies.length).toBeGreaterThan(10);
  for (const body of bodies) expect(body).toContain('"additionalProperties":false');
});

test("P1: the lowest status of success has every shape of a success", () => {
  type Answers = Record<string, { content: { "application/json": { schema: { oneOf?: object[] } } } }>;
  const creating = described.filter(({ responses }) => "201" in responses);
  expect(creating.length).toBeGreaterThan(3);
  for (const { responses } of creating as unknown as { responses: Answers }[]) {
    const created = responses["201"]?.content["application/json"].schema;
    expect(responses["200"]?.content["application/json"].schema.oneOf).toContainEqual(created);
  }
});
