import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import type { Db } from "@/db/client";
import { answerWith } from "@/lib/api/answer";
import { openApi } from "@/lib/api/openapi";
import { asNobody } from "@/lib/testing/database";
import { takeForOwn } from "@/lib/testing/process-database";

/** What is between: true where it has answered, or closed the connection. */
type Meddle = (request: IncomingMessage, response: ServerResponse, answer: () => Promise<Response>) => Promise<boolean>;

/** The API on a port of its own until the test has ended, for programs that are processes. */
export async function startProgramServer(db: Db, meddle: Meddle = async () => false): Promise<string> {
  takeForOwn(db);
  const server = createServer((request, response) => void serve(db, request, response, meddle));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function serve(db: Db, request: IncomingMessage, response: ServerResponse, meddle: Meddle) {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const body = await buffer(request);
  const answer = async () => {
    if (url.pathname === "/api/v1/openapi.json") return Response.json(openApi());
    const asked = new Request(url, {
      method: request.method,
      headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
      body: body.length > 0 ? body : null,
    });
    const source = { address: "10.0.0.9", agent: request.headers["user-agent"] ?? null, requestId: "r-1" };
    const path = url.pathname.replace("/api/v1/", "").split("/").map(decodeURIComponent);
    return answerWith(asNobody(db, source), asked, path);
  };
  if (await meddle(request, response, answer)) return;
  await send(response, await answer());
}

async function send(response: ServerResponse, answer: Response) {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}
