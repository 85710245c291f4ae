import { expect, test } from "@playwright/test";
import { v7 } from "uuid";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { lastMailTo } from "./mailbox";
import { signInAs, withDatabase } from "./sign-in-as";

const mail = "/admin/settings/mail";
const ada = "ada@northwind.example";

test("a test mail goes out through the outbox, arrives, and stands in the log without what it said", async ({
  page,
}) => {
  await signInAs(page, "ada");
  await page.goto(mail);
  await hydrated(page);
  await expect(page.getByText(/Set by the environment\./)).toBeVisible();
  await expect(page.getByRole("form", { name: "Mail server" })).toHaveCount(0);
  await page.getByRole("button", { name: "Send me a test" }).click();
  await expect(page.getByText(`The test to ${ada} was accepted.`)).toBeVisible();
  const arrived = await lastMailTo(ada, { subject: /^Test mail from Gatehouse$/ });
  expect(arrived.text).toContain("Mail delivery from Gatehouse works.");
  expect(arrived.html).toContain("Mail delivery from Gatehouse works.");
  const row = page.getByRole("table", { name: "Mail log" }).getByRole("row", { name: /Test mail from Gatehouse/ });
  await expect(row.first()).toContainText("Sent");
  await expect(page.getByRole("main")).not.toContainText("Mail delivery from Gatehouse works.");
});

test("a mail that failed says why; the templates are shown as they arrive", async ({ page }) => {
  const mark = v7().slice(-8);
  await withDatabase(
    (
      sql,
    ) => sql`insert into mails (id, template, to_name, to_address, subject, status, attempts, last_error, last_tried_at)
      values (${v7()}, 'test', 'Eve', 'eve@northwind.example', ${`Lost ${mark}`}, 'failed', 1, 'mail:25 answered: 550 no such user', now())`,
  );
  await signInAs(page, "ada");
  await page.goto(`${mail}?status=failed`);
  await hydrated(page);
  const row = page.getByRole("row", { name: new RegExp(`Lost ${mark}`) });
  await expect(row).toContainText("550 no such user");
  await expect(row.getByRole("button", { name: /^Send again/ })).toHaveAccessibleDescription(/have been deleted/);
  await page.getByRole("link", { name: "See the templates" }).click();
  await expect(page.getByRole("heading", { name: "Invitation", exact: true })).toBeVisible();
  const frame = page.frameLocator('iframe[title="Invitation, as HTML"]');
  await expect(frame.getByRole("link", { name: "Accept the invitation" })).toBeVisible();
});

test("whoever may not read the settings is refused", async ({ page }) => {
  await signInAs(page, "eve");
  for (const path of [mail, `${mail}/templates`]) expect((await page.goto(path))?.status()).toBe(403);
});

test("the templates of mail have nothing that axe finds", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto(`${mail}/templates`);
  await hydrated(page);
  await expectAccessible(page, "templates", { without: "iframe" });
});
