import { describe, expect, test } from "vitest";
import { readFields } from "@/lib/api/request";

describe("the fields of a body", () => {
  const post = (body: BodyInit | null, type = "application/json") =>
    new Request("http://localhost/", { method: "POST", body, headers: { "content-type": type } });

  test("are read, with a charset too; an empty body has none", async () => {
    const read = async (request: Request) => (await readFields(request, 64)).fields;
    expect(await read(post('{"a":1}', "application/json; charset=utf-8"))).toEqual({ a: 1 });
    expect(await read(post(null))).toEqual({});
  });

  test.each([
    ["another type", post("{}", "text/plain"), { status: 415 }],
    ["half a document", post('{"a":'), { status: 400 }],
    ["bytes that are no UTF-8", post(new Uint8Array([0x22, 0xff, 0x22])), { status: 400 }],
    ["more than may be", post(`"${"x".repeat(100)}"`), { status: 413 }],
    ["no object", post("[]"), { status: 400, kind: "not-an-object" }],
    ["a field that occurs twice", post('{"a":1,"a":2}'), { code: "invalid", fields: { "/a": expect.any(String) } }],
  ])("are refused for %s", async (_, request, refusal) => {
    await expect(readFields(request, 64)).rejects.toMatchObject(refusal);
  });

  test("survive 30,000 nested arrays", async () => {
    const deep = `{"a":${"[".repeat(30_000)}${"]".repeat(30_000)}}`;
    expect(Object.keys((await readFields(post(deep), 65_536)).fields)).toEqual(["a"]);
  });
});
