import { once } from "node:events";
import { request as rawRequest } from "node:http";
import { type APIResponse, expect, type Page, test } from "@playwright/test";
import type { TransactionSql } from "postgres";
import sharp from "sharp";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { runningServer } from "./server";
import { cookieOf, signInAs, startSession, withDatabase } from "./sign-in-as";

/** Asks three times at once while the database makes whoever came in wait; gives the first answer, then the others. */
async function threeAtOnce(page: Page, address: string, lock: (tx: TransactionSql) => Promise<unknown>) {
  const { refused, asked } = await withDatabase((sql) =>
    sql.begin(async (tx) => {
      await lock(tx);
      const asked = Array.from({ length: 3 }, () => page.request.get(address));
      return { refused: await Promise.race(asked), asked };
    }),
  );
  const answers = await Promise.all(asked);
  return { refused, statuses: answers.map((answer) => answer.status()).toSorted() };
}

async function expectRefusal(answer: APIResponse, sentence: RegExp) {
  expect(answer.status()).toBe(429);
  expect(answer.headers()["retry-after"]).toBe("5");
  expect(await answer.json()).toMatchObject({
    type: "urn:gatehouse:problem:rate-limited",
    detail: expect.stringMatching(sentence),
  });
}

test("one's own data: a third download at once gets 429 and when to try again", async ({ page }) => {
  const person = await makePerson("downloads");
  await signInAs(page, person.username);
  const { refused, statuses } = await threeAtOnce(
    page,
    "/account/data",
    (tx) => tx`select 1 from users where id = ${person.id} for update`,
  );
  await expectRefusal(refused, /^Two downloads of your data are running/);
  expect(statuses).toEqual([200, 200, 429]);
});

test("the audit log: a third export at once gets 429, and somebody else's does not count", async ({
  page,
  browser,
}) => {
  const person = await makePerson("exports", { additionalRoles: ["Auditor"] });
  await signInAs(page, person.username);
  const { refused, statuses } = await threeAtOnce(
    page,
    `/admin/audit/export?person=${person.id}`,
    (tx) => tx`lock table events in share mode`,
  );
  await expectRefusal(refused, /^Two of your exports are running/);
  expect(statuses).toEqual([200, 200, 429]);
  const other = await (await browser.newContext()).newPage();
  await signInAs(other, "audrey");
  expect((await other.request.get(`/admin/audit/export?person=${person.id}`)).status()).toBe(200);
  await other.context().close();
});

test("a download that nobody reads holds no place: asked for by HEAD, or broken off", async ({ page }) => {
  const person = await makePerson("dropped");
  await signInAs(page, person.username);
  for (let time = 0; time < 3; time++) expect((await page.request.head("/account/data")).status()).toBe(200);
  const { name, value } = await cookieOf(await startSession(person.username));
  const ask = () => {
    const asked = rawRequest(new URL("/account/data", runningServer().baseUrl), {
      headers: { cookie: `${name}=${value}` },
    });
    asked.on("error", () => {}).end();
    return asked;
  };
  for (const moment of ["finish", "response"]) {
    for (let time = 0; time < 3; time++) {
      const asked = ask();
      await once(asked, moment);
      asked.destroy();
    }
    await expect.poll(async () => (await page.request.get("/account/data")).status()).toBe(200);
  }
});

test("a second picture of one person is refused while the first is on its way, before its body is read", async ({
  page,
}) => {
  const person = await makePerson("two-pictures");
  await signInAs(page, person.username);
  const { baseUrl } = runningServer();
  const [address, headers] = ["/account/picture", { origin: baseUrl, "content-type": "image/png" }];
  const data = await sharp({ create: { width: 40, height: 40, channels: 3, background: "#00aa00" } })
    .png()
    .toBuffer();
  const send = () => page.request.post(address, { headers, data });

  // Before the place is taken, since a picture that does not come loses it after 30 s.
  await page.goto("/account");
  await hydrated(page);
  await page
    .getByRole("region", { name: "Picture" })
    .getByLabel("File")
    .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: data });
  const dialog = page.getByRole("dialog", { name: "Crop your picture" });
  const save = dialog.getByRole("button", { name: "Save picture" });
  await expect(save).toBeEnabled();

  const { name, value } = await cookieOf(await startSession(person.username));
  // A picture that is never whole takes the place, unless one of those sent below holds it when it comes.
  const begin = () => {
    const request = rawRequest(new URL(address, baseUrl), {
      method: "POST",
      headers: { ...headers, cookie: `${name}=${value}`, "content-length": 4_000_000 },
    });
    request
      .on("error", () => {})
      .on("response", () => {
        first = undefined;
      });
    request.flushHeaders();
    return request;
  };
  let first: ReturnType<typeof begin> | undefined;
  const statusBesideIt = async () => {
    if (first) return (await send()).status();
    first = begin();
    return "begun";
  };
  await expect.poll(statusBesideIt).toBe(429);
  const refused = await send();
  expect(refused.headers()["retry-after"]).toBe("5");
  expect(await refused.json()).toMatchObject({ ok: false, code: "rate_limited" });

  await save.click();
  await expect(
    dialog.getByText("One of your pictures is still being saved. Wait until it has finished."),
  ).toBeVisible();

  first?.destroy();
  await expect.poll(async () => (await send()).status()).toBe(200);
});
