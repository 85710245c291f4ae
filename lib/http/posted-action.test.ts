import { expect, test } from "vitest";
import { actionFault, mayBeAction } from "@/lib/http/posted-action";

const asked = (headers: Record<string, string>, method = "POST") => ({ method, headers: new Headers(headers) });
const id = "0a".repeat(21);
const form = "multipart/form-data; boundary=----WebKitFormBoundaryAbCdEf";

test.each([
  [{ "next-action": id, "content-type": "text/plain;charset=UTF-8" }],
  [{ "next-action": id, "content-type": form }],
  [{ "content-type": form }],
  [{ "content-type": "multipart/form-data; boundary=--------------------------0123456789" }],
])("%j is what browsers send", (headers) => {
  expect([mayBeAction(asked(headers)), actionFault(asked(headers))]).toEqual([true, null]);
});

test.each([
  [400, { "next-action": "", "content-type": "text/plain" }],
  [400, { "next-action": "x", "content-type": "text/plain" }],
  [400, { "next-action": "toString", "content-type": "text/plain" }],
  [400, { "next-action": id.toUpperCase(), "content-type": "text/plain" }],
  [400, { "next-action": `${id}, ${id}`, "content-type": "text/plain" }],
  [415, { "next-action": id }],
  [415, { "next-action": id, "content-type": "application/json" }],
  [415, { "next-action": id, "content-type": "application/x-www-form-urlencoded" }],
  [400, { "content-type": "multipart/form-data" }],
  [400, { "content-type": "multipart/form-data; boundary=" }],
  [400, { "content-type": "multipart/form-datax; boundary=a" }],
  [400, { "content-type": "MULTIPART/form-data; charset=utf-8" }],
  [400, { "content-type": `multipart/form-data; boundary=${"a".repeat(71)}` }],
])("%i for %j", (status, headers) => {
  expect([mayBeAction(asked(headers)), actionFault(asked(headers))?.status]).toEqual([true, status]);
});

test("what is no action is not looked at", () => {
  expect(mayBeAction(asked({ "next-action": id }, "GET"))).toBe(false);
  expect(mayBeAction(asked({ "content-type": "application/json" }))).toBe(false);
  expect(mayBeAction(asked({ "content-type": "application/x-www-form-urlencoded" }))).toBe(false);
});
