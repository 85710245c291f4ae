import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { followAction, markAdmitted, markBegun } from "@/lib/http/action-progress";

/** Answers 500, as Next does where a body cannot be read, after what its path says. */
async function ask(path: string, headers: Record<string, string>, method = "POST") {
  const unread: string[] = [];
  const answerAs = (response: ServerResponse) => {
    void setImmediate().then(() => {
      if (path.includes("admitted")) markAdmitted();
      if (path.includes("begun")) markBegun();
      response.statusCode = Number(/\d+/.exec(path)?.[0] ?? 500);
      response.end();
    });
    return true;
  };
  const server = createServer((request, response) =>
    followAction(
      request,
      response,
      () => answerAs(response),
      (address) => unread.push(address),
    ),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
  server.close();
  return { status: answer.status, unread };
}

const form = { "content-type": "multipart/form-data; boundary=a" };

test.each([
  ["/admitted", form, 400],
  ["/admitted", { "next-action": "a" }, 400],
  ["/admitted/begun", form, 500],
  ["/", form, 500],
  ["/admitted/503", form, 503],
  ["/admitted/200", form, 200],
  ["/admitted", { "content-type": "application/json" }, 500],
])("%s with %j: %i", async (path, headers, status) => {
  const unread = status === 400 ? ["127.0.0.1"] : [];
  expect(await ask(path, headers as Record<string, string>)).toEqual({ status, unread });
});
