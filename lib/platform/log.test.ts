import { expect, test } from "vitest";
import { faultOf } from "@/lib/platform/log";

test("a fault of the database is logged by its code, never its statement or parameters", () => {
  const cause = Object.assign(new Error("duplicate key value"), { code: "23505", constraint_name: "users_username" });
  const fault = new Error("Failed query: insert into users\nparams: salt", { cause });
  expect(faultOf(fault)).toEqual({ name: "PostgresError", code: "23505", constraint: "users_username" });
});

test("an error of Node with a code is not of the database, and is logged without its message", () => {
  for (const code of ["ECONNRESET", "EPIPE", "ERR_INVALID_URL"]) {
    const fault = Object.assign(new TypeError("salt"), { code });
    expect(faultOf(fault)).toEqual({ name: "TypeError", code, stack: expect.any(Array) });
  }
});

test("a failed query whose cause has no code is logged as its cause", () => {
  const fault = Object.assign(new Error("Failed query: insert\nparams: salt", { cause: new RangeError("too far") }), {
    query: "insert",
    params: ["salt"],
  });
  expect(faultOf(fault)).toMatchObject({ name: "RangeError", message: "too far" });
  expect(JSON.stringify(faultOf(fault))).not.toMatch(/salt|insert/);
});

test("the place of an error is its stack alone, whatever its message looks like", () => {
  const { message, stack } = faultOf(new Error("first\n    at fake (file.js:1:1)\nsalt")) as {
    message: string;
    stack: string[];
  };
  expect(message).toBe("first");
  expect(stack[0]).toContain("log.test.ts");
  expect(stack.join()).not.toMatch(/fake|salt/);
});

test("a message that was changed afterwards leaves no place", () => {
  const error = new Error("salt\nmore");
  expect(error.stack).toContain("salt");
  error.message = "other";
  expect(faultOf(error)).toEqual({ name: "Error", message: "other", stack: [] });
});
