import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { exampleIds } from "@/lib/api/example-words";
import { rolledBack } from "@/lib/testing/database";
import { describedOperations, exampleRequest, faultsOf, mediaOf, responseOf } from "@/lib/testing/described-interface";
import { exampleWorld } from "@/lib/testing/example-world";
import { type Answered, programOf } from "@/lib/testing/programs";
import { tell } from "@/lib/testing/thorough";

async function administrator(tx: Tx) {
  const people = await exampleWorld(tx);
  return { ...people, ask: await programOf(tx, people.ada) };
}

const problem = ({ status, body }: Answered) => [status, body.type?.replace("urn:gatehouse:problem:", "")];
const pointersOf = ({ body }: Answered) => body.errors?.map(({ pointer }: { pointer: string }) => pointer);

/** What no field of this interface may be. */
const wrong = [null, true, 7.5, -1, 1e300, "", "\u0000", "x".repeat(5000), [], [[]], [null], {}, { a: {} }];

test(
  "P3: any value of a field is done or refused with a problem that is described, and never fails",
  () =>
    rolledBack(async (tx) => {
      const { ask } = await administrator(tx);
      let [asked, refused] = [0, 0];
      for (const operation of describedOperations.filter(({ method }) => method !== "GET")) {
        const {
          address,
          body = {},
          headers: { "Idempotency-Key": _, ...headers },
        } = exampleRequest(operation);
        const [media] = Object.values(operation.requestBody?.content ?? {});
        const fields = Object.keys((media?.schema.properties as object | undefined) ?? {});
        const at = `${address}?dryRun=true`;
        const unknown = await ask(operation.method, at, { body: { ...(body as object), unheard: 1 }, headers });
        expect([address, unknown.status, pointersOf(unknown)]).toEqual([address, 400, ["/unheard"]]);
        for (const field of fields)
          for (const value of wrong) {
            const answer = await ask(operation.method, at, { body: { ...(body as object), [field]: value }, headers });
            const response = responseOf(operation, answer.status);
            expect(response, `${address} ${field} ${JSON.stringify(value)}: ${answer.status}`).not.toBeNull();
            expect(faultsOf(mediaOf(response ?? {}).media.schema, answer.body)).toEqual([]);
            asked += 1;
            if (answer.status === 400) refused += 1;
          }
      }
      expect(refused / asked).toBeGreaterThan(0.6);
      tell("Every field with what it may not be", { requests: asked, refused });
    }),
  120_000,
);

test(
  "P3: parameters that are not known, occur twice or are no ids are refused at every address",
  () =>
    rolledBack(async (tx) => {
      const { ask } = await administrator(tx);
      for (const operation of describedOperations) {
        const { address, body, headers } = exampleRequest(operation);
        const { method } = operation;
        const query = async (text: string) => problem(await ask(method, `${address}?${text}`, { body, headers }));
        for (const unknown of ["unheard=1", "constructor=1", "__proto__=1", "toString=1&toString=2"])
          expect([address, unknown, await query(unknown)]).toEqual([address, unknown, [400, "invalid"]]);
        const once = operation.parameters.find(
          ({ in: place, name }) => place === "query" && ["dryRun", "limit", "q"].includes(name),
        );
        if (once) expect([address, await query(`${once.name}=1&${once.name}=1`)]).toEqual([address, [400, "invalid"]]);
        if (!address.includes("01920000")) continue;
        const torn = address.replace(/01920000-[0-9a-f-]{27}/, "not-an-id");
        const answer = await ask(method, torn, { body, headers });
        expect([torn, problem(answer)]).toEqual([torn, [400, "invalid"]]);
      }
    }),
  60_000,
);

test(
  "P3: any parameter of a query is answered or refused, and never fails",
  () =>
    rolledBack(async (tx) => {
      const { ask } = await administrator(tx);
      const values = [
        "constructor",
        "-__proto__",
        "",
        "\u0000",
        "x".repeat(3000),
        "-1",
        "1e309",
        "2026-02-30",
        "[]",
        "\\'%",
      ];
      let asked = 0;
      for (const operation of describedOperations.filter(({ method }) => method === "GET")) {
        const [address] = exampleRequest(operation).address.split("?");
        for (const { name } of operation.parameters.filter(({ in: place }) => place === "query"))
          for (const value of values) {
            const answer = await ask("GET", `${address}?${name}=${encodeURIComponent(value)}`);
            expect([address, name, value, [200, 400].includes(answer.status)]).toEqual([address, name, value, true]);
            asked += 1;
          }
      }
      tell("Every parameter of a query with what it may not be", { requests: asked });
    }),
  120_000,
);

test("P3: bodies that are no JSON object, or are one in a hostile way", () =>
  rolledBack(async (tx) => {
    const { ask } = await administrator(tx);
    const sent = async (text: string, headers = {}) => ask("POST", "/groups?dryRun=true", { text, headers });
    const deep = (open: string, close: string, times: number) =>
      `{"name":${open.repeat(times)}1${close.repeat(times)}}`;
    const cases: [string, (string | number)[]][] = [
      ['{"name":"a"} x', [400, "malformed-json"]],
      ['{"name":"a"}{}', [400, "malformed-json"]],
      ['{"name":"a",}', [400, "malformed-json"]],
      ["'name'", [400, "malformed-json"]],
      ['{"name":NaN}', [400, "malformed-json"]],
      ['"name"', [400, "not-an-object"]],
      ["null", [400, "not-an-object"]],
      ["[]", [400, "not-an-object"]],
      ['{"name":"a","name":"a"}', [400, "invalid"]],
      ['{"name":"a","n\\u0061me":"b"}', [400, "invalid"]],
      ['{"name":"a","roles":[{"roleId":"x","roleId":"y"}]}', [400, "invalid"]],
      ['{"name":"a","__proto__":{"ownerId":null}}', [400, "invalid"]],
      ['{"name":"a","constructor":{}}', [400, "invalid"]],
      [deep("[", "]", 100_000), [400, "invalid"]],
      [deep('{"a":', "}", 100_000), [400, "invalid"]],
      [`{"name":"${"x".repeat(1_048_577)}"}`, [413, "body-too-large"]],
    ];
    for (const [text, wanted] of cases)
      expect([text.slice(0, 60), problem(await sent(text))]).toEqual([text.slice(0, 60), wanted]);
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "application/jsonp",
      "",
    ])
      expect([type, problem(await sent('{"name":"a"}', { "content-type": type }))]).toEqual([type, [415, "not-json"]]);
    expect((await sent('{"name":"a"}', { "content-type": "Application/JSON; charset=utf-8" })).status).toBe(200);
    expect(problem(await sent("\ufeff{}"))[0]).toBe(400);
  }));

test("P4: If-Match is one entity-tag, and anything else is said to be none", () =>
  rolledBack(async (tx) => {
    const { ask } = await administrator(tx);
    const address = `/users/${exampleIds.user}`;
    const matched = async (tag: string) =>
      problem(await ask("PATCH", `${address}?dryRun=true`, { body: { lastName: "B" }, headers: { "if-match": tag } }));
    for (const tag of ['"1"', "*", ' "1" ']) expect([tag, (await matched(tag))[0]]).toEqual([tag, 200]);
    // As nginx and HAProxy, and Apache, send on the tag of an answer that they compress.
    for (const tag of ['W/"1"', '"1-gzip"', '"1-br"']) expect([tag, (await matched(tag))[0]]).toEqual([tag, 200]);
    for (const tag of ['"2"', '"0"', 'W/"2"', '"2-gzip"', '"1-2"', '"x"', '""', '"01"', `"${"9".repeat(40)}"`])
      expect([tag, await matched(tag)]).toEqual([tag, [412, "version-replaced"]]);
    for (const tag of ["1", '"1', "'1'", '"1", "2"', "", "* *"])
      expect([tag, await matched(tag)]).toEqual([tag, [400, "if-match-malformed"]]);
    const none = await ask("POST", `${address}/unlock`, { headers: { "if-match": '"1"' } });
    expect(problem(none)).toEqual([400, "if-match-unknown"]);
  }));

test("P4: a key of idempotency that is not one, or comes with another request", () =>
  rolledBack(async (tx) => {
    const { ask } = await administrator(tx);
    const keyed = (key: string, body: object = { name: "Keyed" }, address = "/groups") =>
      ask("POST", address, { body, headers: { "idempotency-key": key } });
    for (const key of ["", " ", "x".repeat(256), "a b", "caf\u00e9"])
      expect([key, problem(await keyed(key))]).toEqual([key, [400, "idempotency-key-malformed"]]);
    expect((await keyed("x".repeat(255))).status).toBe(201);
    const reused = [422, "idempotency-key-reused"];
    expect(problem(await keyed("x".repeat(255), { name: "Other" }))).toEqual(reused);
    expect(problem(await keyed("x".repeat(255), { name: "Keyed" }, `/users/${exampleIds.user}/clients`))).toEqual(
      reused,
    );
  }));

test("P2: a cursor that is torn, of another list, sort, filter or subject, or made up, is refused", () =>
  rolledBack(async (tx) => {
    const { ask, lee, eve } = await administrator(tx);
    const next = (await ask("GET", "/users?limit=1&sort=username")).body.next as string;
    const used = async (address: string, cursor: string) =>
      problem(await ask("GET", `${address}${address.includes("?") ? "&" : "?"}after=${encodeURIComponent(cursor)}`));
    const whole = JSON.parse(Buffer.from(next, "base64url").toString()) as unknown[];
    const made = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString("base64url");
    const [sign, keys, id, place] = whole;
    for (const cursor of [
      ...[next.slice(1), next.slice(0, -1), next.slice(0, 10), `${next}x`, "", "x", "null", made(null), made([])],
      ...[made([sign, [], id, place]), made([sign, [1], id, place]), made([sign, keys, "x", place])],
      ...[made([sign, keys, id, -1]), made([sign, keys, id, 1e99]), made(["other", keys, id, place])],
      ...[made([sign, ["a", "b"], id, place]), made([sign, ["x".repeat(5000)], id, place])],
    ])
      expect([cursor.slice(0, 40), (await used("/users?limit=1&sort=username", cursor))[0]]).toEqual([
        cursor.slice(0, 40),
        400,
      ]);
    const byName = "/groups?limit=1&sort=name";
    for (const name of ["One", "Two"]) await ask("POST", "/groups", { body: { name } });
    const [ofNames, , ...rest] = JSON.parse(Buffer.from((await ask("GET", byName)).body.next, "base64url").toString());
    expect((await used(byName, made([ofNames, ["\0"], ...rest])))[0]).toBe(400);
    for (const address of [
      "/users?sort=-username",
      "/users?sort=email",
      "/users?sort=username&status=active",
      "/groups",
      "/clients",
    ])
      expect([address, (await used(address, next))[0]]).toEqual([address, 400]);
    await ask("POST", `/users/${eve.id}/clients`, { body: { name: "a" } });
    await ask("POST", `/users/${eve.id}/clients`, { body: { name: "b" } });
    const ofEve = (await ask("GET", `/users/${eve.id}/clients?limit=1`)).body.next as string;
    expect((await used(`/users/${eve.id}/clients?limit=1`, ofEve))[0]).toBe(200);
    expect((await used(`/users/${lee.id}/clients?limit=1`, ofEve))[0]).toBe(400);
    // A place says where to continue, and not what may be seen there.
    const asLead = await programOf(tx, lee);
    const seen = (await asLead("GET", `/users?limit=200&sort=username&after=${next}`)).body;
    expect(seen.items.map(({ username }: { username: string }) => username)).toEqual(["eve"]);
  }));

test("P3: a number in a query has digits alone", () =>
  rolledBack(async (tx) => {
    const { ask } = await administrator(tx);
    for (const written of ["0x10", "1e1", " 5", "5 ", "+5", "5.0", "0b11", "5n", "", " "]) {
      const answer = await ask("GET", `/users?limit=${encodeURIComponent(written)}`);
      expect([written, answer.status, pointersOf(answer)]).toEqual([written, 400, ["/limit"]]);
    }
    expect((await ask("GET", `/credentials?unused=1e1`)).status).toBe(400);
    for (const written of ["5", "05"]) expect((await ask("GET", `/users?limit=${written}`)).status).toBe(200);
    for (const written of ["never", "90"])
      expect((await ask("GET", `/credentials?unused=${written}`)).status).toBe(200);
    expect((await ask("GET", `/users?q=${encodeURIComponent("0x10")}`)).status).toBe(200);
  }));

test("P2: a moment is one that the database has, on whatever clock it is written", () =>
  rolledBack(async (tx) => {
    const { ask } = await administrator(tx);
    const asked = async (moment: string) =>
      (await ask("GET", `/resources?updatedAfter=${encodeURIComponent(moment)}`)).status;
    for (const moment of ["1970-01-01T00:00:00Z", "2026-01-01T00:00:00.123456789+23:00", "2026-01-01T00:00:00-23:59"])
      expect([moment, await asked(moment)]).toEqual([moment, 200]);
    for (const moment of [
      "0000-01-01T00:00:00Z",
      "0001-01-01T00:00:00+23:00",
      "9999-12-31T23:59:59-23:00",
      "2026-01-01",
    ])
      expect([moment, await asked(moment)]).toEqual([moment, 400]);
  }));
