import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { freePort } from "@/db/embedded";
import { groups, serviceAccountRoles, userRoles } from "@/db/schema";
import { createContext, type Person } from "@/lib/context";
import { createAccount } from "@/lib/service-accounts/commands/create";
import { issueAccountToken } from "@/lib/service-accounts/commands/issue-token";
import { as, roleNamed } from "@/lib/testing/database";
import { newMachine } from "./called-process";
import { type Meddle, signedIn } from "./signed-in-machine";

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** Every file below a folder. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe("signing in (P6)", () => {
  test("a service account signs in by its token, too (T6)", () =>
    signedIn(async ({ db, ada, lee, gatehouse, server }) => {
      const { id } = await createAccount(await as(db, ada), { name: "Nightly", ownerId: lee.id, roleIds: [] });
      const auditor = await roleNamed(db, "Auditor");
      await db.insert(serviceAccountRoles).values({ serviceAccountId: id, roleId: auditor.id });
      await db.insert(userRoles).values({ userId: lee.id, roleId: auditor.id });
      const proven = createContext(db, (await as(db, lee)).actor as Person);
      const { token } = await issueAccountToken(proven, { id, name: "ci", operations: ["user.read"], days: 1 });
      const told = expect.stringMatching(/^Service account Nightly at http:.*\nWith the token "ci", until .+\.\n$/s);
      const login = ["login", "--server", server, "--profile", "robot"];
      expect(await gatehouse(login, { input: `${token}\n` })).toMatchObject({ code: 0, out: told });
      expect(await gatehouse(["whoami", "--profile", "robot"])).toMatchObject({ code: 0, out: told, err: "" });
      expect(await gatehouse(["user", "list", "--profile", "robot"])).toMatchObject({ code: 0 });
    }));

  test("a token is checked, and kept where its owner alone can read it", () =>
    signedIn(async ({ gatehouse, home, server, token, profiles, signedInAs }) => {
      expect(signedInAs).toMatch(/^Ada Admin \(ada\) at http:.*\nWith the token ".+", until .+\.\n$/s);
      expect([mode(profiles), mode(join(profiles, ".."))]).toEqual(["600", "700"]);
      expect((await gatehouse(["whoami"])).out).toBe(signedInAs);
      expect(JSON.parse((await gatehouse(["whoami", "--json"])).out)).toMatchObject({ user: { username: "ada" } });
      const listed = await gatehouse(["user", "list", "--columns", "username,status"]);
      expect(listed).toEqual({ code: 0, out: expect.stringMatching(/^username +status\n/), err: "5 of 5.\n" });
      const holding = filesBelow(home).filter((file) => readFileSync(file, "utf8").includes(token));
      expect(holding).toEqual([profiles]);

      const wrong = await gatehouse(["login", "--server", server, "--profile", "other"], { input: "gh_pat_nothing\n" });
      expect(wrong).toMatchObject({ code: 3, err: "Not authenticated: This token is not known.\n" });
      expect(Object.keys(JSON.parse(readFileSync(profiles, "utf8")))).toEqual(["default"]);
      const silent = await gatehouse(["login", "--server", server]);
      expect(silent).toMatchObject({
        code: 2,
        err: expect.stringContaining("There is no token on standard input."),
      });

      chmodSync(profiles, 0o640);
      const open = await gatehouse(["user", "list"]);
      expect(open).toEqual({
        code: 3,
        out: "",
        err: `${profiles} can be read by other users. Run: chmod 600 ${profiles}\n`,
      });
      chmodSync(profiles, 0o600);
      expect((await gatehouse(["logout"])).code).toBe(0);
      expect((await gatehouse(["logout"])).code).toBe(4);
      expect(readFileSync(profiles, "utf8")).not.toContain(token);
      expect((await gatehouse(["user", "list"])).code).toBe(2);
      expect(await gatehouse(["user", "list", "--server", server])).toMatchObject({
        ...{ code: 3, out: "", err: `You are not signed in at ${server}. Run: gatehouse login --server ${server}\n` },
      });
      expect((await gatehouse(["user", "list", "--server", server], { GATEHOUSE_TOKEN: token })).code).toBe(0);
    }));

  test("profiles are separate, and a token goes to its own server alone", () =>
    signedIn(async ({ gatehouse, server, token, profiles }) => {
      const other = server.replace("127.0.0.1", "localhost");
      expect(
        (await gatehouse(["login", "--server", server, "--profile", "staging"], { GATEHOUSE_TOKEN: token })).code,
      ).toBe(0);
      expect(Object.keys(JSON.parse(readFileSync(profiles, "utf8")))).toEqual(["default", "staging"]);
      expect((await gatehouse(["me", "get", "--profile", "staging"])).code).toBe(0);
      expect((await gatehouse(["me", "get"], { GATEHOUSE_PROFILE: "staging" })).code).toBe(0);
      expect((await gatehouse(["me", "get", "--profile", "none"])).code).toBe(3);
      expect((await gatehouse(["me", "get", "--server", other])).code).toBe(3);
      expect((await gatehouse(["me", "get", "--server", other, "--profile", "staging"])).code).toBe(2);
      writeFileSync(profiles, "{", { mode: 0o600 });
      expect(await gatehouse(["me", "get"])).toMatchObject({
        code: 3,
        err: expect.stringContaining("is not a valid profiles file"),
      });
    }));
});

describe("what goes wrong on the way", () => {
  /** Answers what is asked by `asked` as it says; anything else as ever. */
  const once =
    (asked: RegExp, act: (count: number, ...given: Parameters<NonNullable<Meddle>>) => Promise<boolean>): Meddle =>
    async (request, response, answer) => {
      if (!asked.test(`${request.method} ${request.url}`)) return false;
      seen.push(String(request.headers["idempotency-key"]));
      return act(seen.length, request, response, answer);
    };
  let seen: string[] = [];

  const lost = (asked: RegExp) => {
    seen = [];
    return once(asked, async (count, _, response, answer) => {
      if (count > 1) return false;
      await answer();
      response.destroy();
      return true;
    });
  };

  test("a POST whose answer was lost is sent again with its key, and done once (P4)", () =>
    signedIn(
      async ({ gatehouse, db }) => {
        const made = await gatehouse(["group", "create", "--name", "Testers"]);
        expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^id: /) });
        expect(made.err).toContain("An earlier attempt made this change");
        expect([seen.length, new Set(seen).size]).toEqual([2, 1]);
        expect(await db.$count(groups, eq(groups.name, "Testers"))).toBe(1);
      },
      lost(/^POST \/api\/v1\/groups$/),
    ));

  test("of another write whose answer was lost it is said that nobody knows", () =>
    signedIn(
      async ({ gatehouse, eve }) => {
        const changed = await gatehouse(["user", "update", eve.id, "--last-name", "Baker"]);
        expect(changed).toMatchObject({
          code: 6,
          err: expect.stringMatching(/The change may have been made: check before you try again\.\n$/),
        });
        expect(seen).toHaveLength(1);
        expect((await gatehouse(["user", "get", eve.id])).out).toContain("lastName: Baker");
      },
      lost(/^PATCH /),
    ));

  const busy = (seconds: number) => {
    seen = [];
    return once(/^GET \/api\/v1\/users/, async (count, _, response) => {
      if (count > 1) return false;
      response.writeHead(429, { "retry-after": String(seconds), "content-type": "application/problem+json" });
      response.end('{"title":"Too many requests","status":429,"detail":"Wait.","requestId":null}');
      return true;
    });
  };

  test("a wait that the server asks for is kept", () =>
    signedIn(async ({ gatehouse, server }) => {
      const listed = await gatehouse(["user", "list"]);
      expect(listed).toMatchObject({
        code: 0,
        err: expect.stringContaining(`${server} is busy. Trying again in 1 s.`),
      });
    }, busy(1)));

  test("but no longer than a minute", () =>
    signedIn(async ({ gatehouse }) => {
      expect(await gatehouse(["user", "list"])).toEqual({ code: 6, out: "", err: "Too many requests: Wait.\n" });
    }, busy(3600)));

  test("a server that is not there, and something else in its place", async () => {
    const { gatehouse } = newMachine();
    const token = { GATEHOUSE_TOKEN: "gh_pat_x" };
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const gone = await gatehouse(["user", "list", "--server", nobody], token);
    expect(gone).toEqual({ code: 6, out: "", err: `${nobody} cannot be reached: ECONNREFUSED.\n` });
    const other = createServer((_, response) => response.end("<html>"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void other.close());
    const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const foreign = await gatehouse(["user", "list", "--server", address], token);
    expect(foreign).toEqual({ code: 6, out: "", err: `${address} does not answer like a Gatehouse server (200).\n` });
    expect((await gatehouse(["--help", "--server", address])).code).toBe(0);
  });

  test("interrupted, it ends with 130; nothing secret is among its arguments", () => {
    let arrived = () => {};
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    return signedIn(
      async ({ start, run, home, token }) => {
        const { child, ended } = start(join(home, "bin", "gatehouse"), ["user", "list"], { GATEHOUSE_TOKEN: token });
        await asked;
        const shown = await run("ps", ["-o", "args=", "-p", String(child.pid)]);
        expect([shown.out.includes("user list"), shown.out.includes(token)]).toEqual([true, false]);
        child.kill("SIGINT");
        expect((await ended).code).toBe(130);
      },
      async ({ url }) => {
        if (!url?.startsWith("/api/v1/users")) return false;
        arrived();
        return true;
      },
    );
  });

  test("the reader may stop early, and a refusal is shown on standard error", () =>
    signedIn(async ({ run, gatehouse }) => {
      const cut = await run("bash", ["-c", "gatehouse user list --all --json | head -1; echo $PIPESTATUS"]);
      for (const piped of ["| head -1", "2>&1 | head -1", "2>&1 | true"]) {
        const { out } = await run("bash", [
          "-c",
          `gatehouse user list --limit 1 ${piped} > /dev/null; echo $PIPESTATUS`,
        ]);
        expect([piped, out.trim()]).toEqual([piped, "0"]);
      }
      expect([cut.out.split("\n").length, cut.out.trimEnd().split("\n").at(-1), cut.err]).toEqual([3, "0", ""]);
      const refused = await gatehouse(["user", "purge", crypto.randomUUID(), "--username", "x", "--yes", "--json"]);
      expect([refused.code, refused.out, JSON.parse(refused.err)]).toMatchObject([4, "", { status: 404 }]);
    }));
});
