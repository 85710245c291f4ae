import { expect, test } from "vitest";
import { exampleIds } from "@/lib/api/example-words";
import { rolledBack } from "@/lib/testing/database";
import { exampleWorld } from "@/lib/testing/example-world";
import { programOf } from "@/lib/testing/programs";

const { user, client, token, session } = exampleIds;

test("programs list live credentials by kind, user, account and use, within what the token reads, page by page", () =>
  rolledBack(async (tx) => {
    const { ada, lee } = await exampleWorld(tx);
    const ask = await programOf(tx, ada);
    const found = async (query: string, as = ask) => {
      const { status, body } = await as("GET", `/credentials${query}`);
      return status === 200 ? body.items.map(({ kind, id }: { kind: string; id: string }) => [kind, id]) : status;
    };
    const ofNina = [
      ["access_token", token],
      ["client", client],
      ["session", session],
    ];
    expect((await found(`?person=${user}`)).toSorted()).toEqual(ofNina);
    expect(await found(`?person=${user}&kind=session&kind=client&account=active&sort=-createdAt`)).toHaveLength(2);
    expect(await found(`?person=${user}&unused=never`)).toHaveLength(2);
    expect(await found(`?person=${user}&unused=30`)).toEqual([]);
    const first = await ask("GET", "/credentials?limit=1");
    expect(first.body.items).toHaveLength(1);
    const second = await ask("GET", `/credentials?limit=1&after=${first.body.next}`);
    expect(second.body.items[0].id).not.toBe(first.body.items[0].id);
    const [listed] = (await ask("GET", `/credentials?person=${user}&kind=access_token`)).body.items;
    expect(listed).toMatchObject({ name: "nightly import", lastFour: "9fKa", user: { username: "nina" } });
    expect(Object.keys(listed).toSorted()).toEqual(
      "address createdAt expiresAt id kind lastFour lastUsedAt maker name prefix serviceAccount user".split(" "),
    );

    expect(await found("", await programOf(tx, ada, ["client.read"]))).toEqual([["client", client]]);
    expect(await found("", await programOf(tx, ada, ["group.read"]))).toBe(403);
    expect(await found(`?person=${user}`, await programOf(tx, lee))).toEqual([]);
    expect((await ask("DELETE", `/tokens/${token}`)).status).toBe(200);
    expect(await found(`?person=${user}&kind=access_token`)).toEqual([]);
  }));
