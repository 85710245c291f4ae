import { expect, test } from "@playwright/test";
import { newMachine } from "../cli/called-process";
import { makePerson } from "./people";
import { runningServer } from "./server";
import { signInAs, withDatabase } from "./sign-in-as";

test("the command line that the server hands out does at that server what the owner's token may (P6)", async ({
  page,
  request,
}) => {
  const { baseUrl, databaseUrl, dataDir } = runningServer();
  const served = await request.get("/gatehouse.mjs");
  expect([served.status(), served.headers()["content-type"]]).toEqual([200, expect.stringContaining("javascript")]);
  const { owner, gatehouse } = newMachine(await served.text());

  const [ada] = await withDatabase((sql) => sql<{ id: string }[]>`select id from users where username = 'ada'`);
  const operations = ["user.read", "user.disable", "user.enable", "group.read", "group.create"].flatMap((key) => [
    "--operations",
    key,
  ]);
  const issued = await owner(
    ["token", "issue", ada?.id ?? "", "--name", `command line ${Date.now()}`, ...operations, "--days", "7", "--json"],
    { DATABASE_URL: databaseUrl, GATEHOUSE_DATA_DIR: dataDir },
  );
  expect([issued.code, issued.err]).toEqual([0, ""]);
  const { token } = JSON.parse(issued.out) as { token: string };

  const signedIn = await gatehouse(["login", "--server", baseUrl], { input: token });
  expect(signedIn).toMatchObject({ code: 0, out: expect.stringContaining("Ada Admin (ada)") });
  const person = await makePerson("cleo");
  const listed = await gatehouse(["user", "list", "--q", person.username, "--columns", "id,username"]);
  expect(listed).toMatchObject({ code: 0, out: expect.stringContaining(person.id), err: "1 of 1.\n" });
  const dry = await gatehouse(["user", "disable", person.id, "--reason", "On leave", "--dry-run"]);
  expect(dry).toMatchObject({ code: 0, out: expect.stringContaining("status would change from ") });
  expect((await gatehouse(["user", "disable", person.id, "--reason", "On leave"])).code).toBe(0);
  expect((await gatehouse(["user", "enable", person.id])).code).toBe(0);
  const refused = await gatehouse(["user", "archive", person.id, "--no-owners", "--no-manager-id", "--yes"]);
  expect(refused).toMatchObject({ code: 3, err: expect.stringMatching(/^Forbidden: /) });
  const name = `Command line ${Date.now()}`;
  expect((await gatehouse(["group", "create", "--name", name])).code).toBe(0);
  const all = await gatehouse(["user", "list", "--all", "--json", "--columns", "id"]);
  expect(all.out.trimEnd().split("\n").length).toBeGreaterThan(200);

  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}/activity`);
  await expect(page.getByText(/by token command line \d+, created by the server's owner, disabled/)).toBeVisible();
});
