import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { joinWrites } from "@/lib/connections/joined-writes";

type Flushing = { flush?: () => void };

test("the head goes with the first piece, and pieces of one turn are asked for together", async () => {
  const flushed: number[] = [];
  const server = createServer(async (_, response) => {
    joinWrites(response);
    expect((response as Flushing).flush).toBeUndefined();
    let written = 0;
    (response as Flushing).flush = () => flushed.push(written);
    response.writeHead(200, { "content-type": "text/plain" });
    response.flushHeaders();
    await turn();
    for (const piece of ["one", "two"]) {
      response.write(piece);
      written += 1;
      (response as Flushing).flush?.();
    }
    await turn();
    response.write("three");
    written += 1;
    (response as Flushing).flush?.();
    await turn();
    (response as Flushing).flush?.();
    response.end();
  });
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
  const [first] = (await once(socket, "data")) as [Buffer];
  expect(first.toString()).toMatch(/^HTTP\/1\.1 200 .*one/s);
  await once(socket.resume(), "close");
  expect(flushed).toEqual([2, 3]);
});
