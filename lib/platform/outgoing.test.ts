import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { fetchDocument, requireOutgoing } from "@/lib/platform/outgoing";
import { isPrivateEntry, mayReach } from "@/lib/platform/outgoing-addresses";

describe("where requests may go (safety rule 2.6)", () => {
  const closed = [
    ...["127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1"],
    ...["0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"],
    ...[
      "::1",
      "::",
      "fe80::1",
      "fc00::1",
      "fd12:3456::1",
      "ff02::1",
      "::ffff:127.0.0.1",
      "::ffff:a00:1",
      "64:ff9b::a00:1",
    ],
    ...["2002:a00:1::", "::127.0.0.1", "2001:db8::1"],
  ];
  test.each(closed)("%s is closed", (address) => expect(mayReach("host.example", address, [])).toBe(false));

  test.each(["93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:93.184.215.14"])(
    "%s is open",
    (address) => expect(mayReach("host.example", address, [])).toBe(true),
  );

  test("what the setting names is open: a host, an address, a range, and nothing beside it", () => {
    expect(mayReach("keycloak.internal", "10.0.0.7", ["keycloak.internal"])).toBe(true);
    expect(mayReach("KEYCLOAK.internal", "10.0.0.7", ["keycloak.internal"])).toBe(true);
    expect(mayReach("other.internal", "10.0.0.7", ["keycloak.internal"])).toBe(false);
    expect(mayReach("other.internal", "10.0.0.7", ["10.0.0.0/24"])).toBe(true);
    expect(mayReach("other.internal", "10.0.1.7", ["10.0.0.0/24"])).toBe(false);
    expect(mayReach("other.internal", "fd00::7", ["fd00::/8"])).toBe(true);
    expect(mayReach("host.example", "no address", [])).toBe(false);
  });

  test.each(["keycloak.internal", "10.0.0.0/8", "127.0.0.1", "fd00::/8"])("%s can be named", (entry) =>
    expect(isPrivateEntry(entry)).toBe(true),
  );
  test.each(["10.0.0.0/33", "http://host", "10.0.0.0/8/9", "two words", "*.internal", "/8"])("%s cannot", (entry) =>
    expect(isPrivateEntry(entry)).toBe(false),
  );

  test("without TLS only to loopback that the setting names", () => {
    expect(() => requireOutgoing("http://127.0.0.1:9/x", [])).toThrow(/https/);
    expect(() => requireOutgoing("http://keycloak.internal/x", ["keycloak.internal"])).toThrow(/https/);
    expect(requireOutgoing("http://127.0.0.1:9/x", ["127.0.0.1"]).port).toBe("9");
    expect(() => requireOutgoing("https://2130706433/x", [])).toThrow(/not a public one/);
    expect(() => requireOutgoing("https://0x7f.1/x", [])).toThrow(/not a public one/);
  });
});

describe("a document", () => {
  let server: Server;
  const serve = async (answer: Parameters<typeof createServer>[1]) => {
    server = createServer(answer);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return `http://localhost:${(server.address() as AddressInfo).port}/document`;
  };
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  test("is fetched", async () => {
    const address = await serve((_, response) => response.writeHead(200, { "cache-control": "max-age=7" }).end("{}"));
    expect(await fetchDocument(address)).toMatchObject({ body: "{}", headers: { "cache-control": "max-age=7" } });
  });

  test.each([302, 404, 500])("is none with status %d, and a redirect is not followed", async (status) => {
    const asked: string[] = [];
    const address = await serve((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(status, { location: "/elsewhere" }).end("{}");
    });
    await expect(fetchDocument(address)).rejects.toMatchObject({ fault: "answer" });
    expect(asked).toEqual(["/document"]);
  });

  test("that does not end is cut off", async () => {
    const address = await serve((_, response) => {
      const more = () => {
        while (response.write(" ".repeat(65_536)));
      };
      response.on("drain", more);
      more();
    });
    await expect(fetchDocument(address)).rejects.toMatchObject({ fault: "unreachable" });
  });
});
