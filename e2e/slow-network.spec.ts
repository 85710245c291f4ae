import { expect, type Locator, type Page, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { makeToken } from "./made-tokens";
import { makePerson } from "./people";
import { signInAs, startSession } from "./sign-in-as";
import { routeNow, stallRoute } from "./stall-route";

/** Frames in which a press has to show that it counted: 200 ms, of a machine that draws 60 in a second. */
const soon = 12;

const bar = (page: Page) => page.getByRole("progressbar", { name: "Loading" });

/**
 * Presses it, and gives how many frames it took until something showed that it waits. Frames and not milliseconds, since a busy
 * machine draws later, and not more often.
 */
async function shownAfter(page: Page, press: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const told = window as unknown as { shown?: number };
    delete told.shown;
    let frames = 0;
    const from = () =>
      requestAnimationFrame(function look() {
        const waits = [...document.querySelectorAll("[role=progressbar], [aria-busy=true]")].some((element) =>
          element.checkVisibility({ opacityProperty: true }),
        );
        frames += 1;
        if (waits) told.shown = frames;
        else requestAnimationFrame(look);
      });
    for (const name of ["pointerdown", "keydown"]) addEventListener(name, from, { capture: true, once: true });
  });
  await press();
  await page.waitForFunction(() => (window as unknown as { shown?: number }).shown !== undefined);
  return page.evaluate(() => (window as unknown as { shown: number }).shown);
}

async function isFast(page: Page, what: string, press: () => Promise<void>) {
  expect(await shownAfter(page, press), `frames until ${what} shows that it counted`).toBeLessThanOrEqual(soon);
}

test("whoever waits for a page or for other rows of a list sees so at once, and until they come", async ({ page }) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  const list = page.getByRole("table");
  const ways: [string, Locator][] = [
    ["a sort", page.getByRole("columnheader", { name: "Email" }).getByRole("link")],
    ["another page", page.getByRole("link", { name: "Next" })],
  ];
  for (const [what, link] of ways) {
    const letGo = await stallRoute(page, /\/admin\/users\?.*_rsc/);
    await isFast(page, what, () => link.click());
    await expect(list).toHaveAttribute("aria-busy", "true");
    letGo();
    await expect(bar(page)).toHaveCount(0);
    await expect(list).not.toHaveAttribute("aria-busy");
    await page.unrouteAll({ behavior: "wait" });
  }
  const letGo = await stallRoute(page, /\/admin\/groups\?_rsc/);
  await isFast(page, "another screen", () => page.getByRole("link", { name: "Groups", exact: true }).click());
  letGo();
  await expect(page.getByRole("heading", { name: "Groups", level: 1 })).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
  await page.unrouteAll({ behavior: "wait" });

  await page.goto("/admin/users");
  await hydrated(page);
  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByRole("menuitem", { name: "Status" }).click();
  const held = await stallRoute(page, /\/admin\/users\?.*_rsc/);
  await isFast(page, "a filter", () => page.getByRole("option", { name: "locked" }).click());
  await expect(list).toHaveAttribute("aria-busy", "true");
  held();
  await expect(page.getByRole("link", { name: "Lucy Locked" })).toBeVisible();
  await expect(list).not.toHaveAttribute("aria-busy");
});

test("whoever presses a button or chooses from a menu sees at once that it counted", async ({ page }) => {
  const person = await makePerson("slow");
  await startSession(person.username, "Slow browser");
  await signInAs(page, "ada");
  const actions = /\/admin\/(users|sessions)/;
  const hold = async () => {
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await routeNow(page, actions, async (route) => {
      if (route.request().method() === "POST") await held;
      await route.continue();
    });
    return letGo;
  };

  await page.goto(`/admin/sessions?q=${person.username}`);
  await hydrated(page);
  let letGo = await hold();
  const logout = page.getByRole("button", { name: "Logout", exact: true });
  await isFast(page, "a button of a row", () => logout.click());
  letGo();
  await expect(page.getByText(`The session of ${person.name} is ended`)).toBeVisible();
  await page.unrouteAll({ behavior: "wait" });

  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  const choose = async (item: string) => {
    await page.getByRole("button", { name: "More actions", description: person.name }).click();
    await page.getByRole("menuitem", { name: item, exact: true }).click();
  };
  await choose("Disable");
  await page.getByLabel("Reason").fill("slow");
  letGo = await hold();
  const disable = page.getByRole("dialog").getByRole("button", { name: "Disable" });
  await isFast(page, "a button of a dialog", () => disable.click());
  letGo();
  const receipt = page.getByRole("dialog", { name: `${person.name} is disabled` });
  await expect(receipt).toBeVisible();
  // The summary behind it tells the same.
  await expect(page.locator("aside[aria-label=Summary]")).toContainText("disabled");
  await receipt.getByRole("button", { name: "Done" }).click();
  await page.unrouteAll({ behavior: "wait" });

  letGo = await hold();
  await page.getByRole("button", { name: "More actions", description: person.name }).click();
  await isFast(page, "an item of a menu", () => page.getByRole("menuitem", { name: "Enable", exact: true }).click());
  letGo();
  await expect(page.getByText(`${person.name} is enabled again`)).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
  await page.unrouteAll({ behavior: "wait" });

  await choose("Remove user");
  const removal = page.getByRole("dialog", { name: `Remove ${person.name}?` });
  await expect(removal.getByText("Nothing else ends")).toBeVisible();
  letGo = await hold();
  await isFast(page, "Remove user", () => removal.getByRole("button", { name: "Remove user" }).click());
  letGo();
  await expect(page.getByRole("dialog", { name: `${person.name} is removed` })).toBeVisible();
  await expect(page.locator("aside[aria-label=Summary]")).toContainText("archived");
});

test("a button that is pressed before its question is there asks once it is, and gets the focus back", async ({
  page,
}) => {
  await makeToken(page, "eve");
  await page.reload();
  await hydrated(page);
  const row = page
    .getByRole("row")
    .filter({ has: page.getByRole("button", { name: "Revoke" }) })
    .first();
  const revoke = row.getByRole("button", { name: "Revoke" });
  const letGo = await stallRoute(page, "**/_next/static/chunks/**");
  await isFast(page, "a question", () => revoke.click());
  await revoke.press("Enter");
  letGo();
  const question = page.getByRole("alertdialog", { name: /^Revoke api / });
  await expect(question).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await expect(revoke).toBeFocused();
  await page.keyboard.press("Enter");
  await question.getByRole("button", { name: "Revoke" }).click();
  await expect(question).toHaveCount(0);
  await expect(page.getByRole("cell", { name: /^revoked/ }).first()).toBeVisible();
});

test("after an upgrade, a page of the earlier release says that a part of it is missing, and stays", async ({
  page,
}) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users/new");
  await hydrated(page);
  await page.getByLabel("First Name").fill("Kept");
  await routeNow(page, /_next\/static\/chunks\//, (route) => route.fulfill({ status: 404, body: "" }));
  await page.keyboard.press("Control+k");
  const note = page.getByRole("alert").filter({ hasText: "This part of the page could not be loaded." });
  await expect(note).toBeVisible();
  await expect(page.getByLabel("First Name")).toHaveValue("Kept");
  await page.unroute(/_next\/static\/chunks\//);
  await Promise.all([page.waitForEvent("load"), note.getByRole("button", { name: "Reload" }).click()]);
  await hydrated(page);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Search or jump" })).toBeVisible();
});

test("after an upgrade, an action that the server no longer has is answered by the way on, and what was typed stays", async ({
  page,
}) => {
  const person = await makePerson("upgraded");
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}`);
  await hydrated(page);
  await page.getByLabel("First Name").fill("Typed");
  await routeNow(
    page,
    () => true,
    (route) =>
      route.request().method() === "POST"
        ? route.fulfill({ status: 404, headers: { "x-nextjs-action-not-found": "1" }, body: "" })
        : route.continue(),
  );
  await page.getByRole("button", { name: "Update", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Gatehouse was updated. Reload this page" })).toBeVisible();
  await expect(page.getByLabel("First Name")).toHaveValue("Typed");
});

test("what is typed while the palette is being fetched is not lost, and its letters are no shortcuts", async ({
  page,
}) => {
  await signInAs(page, "ada");
  await page.goto("/admin/users");
  await hydrated(page);
  const letGo = await stallRoute(page, /_next\/static\/chunks\//);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("cx");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("li");
  letGo();
  const palette = page.getByRole("dialog", { name: "Search or jump" });
  const field = palette.getByRole("combobox");
  await expect(field).toBeFocused();
  await page.keyboard.type("ents");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("clients");
  await expect(palette.getByRole("option", { name: "Clients", exact: true })).toHaveAttribute("aria-selected", "true");
  await expect(page).toHaveURL(/\/admin\/users$/);
});

test("whoever chooses columns or signs out sees at once that it counted", async ({ page }) => {
  const person = await makePerson("slowly", { primaryRole: "Quality Manager" });
  await signInAs(page, person.username);
  await page.goto("/admin/users");
  await hydrated(page);
  await page.getByRole("button", { name: "Columns" }).click();
  let letGo = await stallRoute(page, /\/admin\/users$/);
  const apply = page.getByRole("form", { name: "Columns" }).getByRole("button", { name: "Apply" });
  await isFast(page, "columns", () => apply.click());
  await expect(bar(page)).toBeVisible();
  letGo();
  await expect(apply).toBeHidden();
  await expect(bar(page)).toHaveCount(0);
  await page.unrouteAll({ behavior: "wait" });

  await page.getByRole("button", { name: "User menu" }).click();
  letGo = await stallRoute(page, /\/admin\/users$/);
  await isFast(page, "signing out", () => page.getByRole("button", { name: "Sign out" }).click());
  await expect(bar(page)).toBeVisible();
  letGo();
  await expect(page).toHaveURL(/\/sign-in/);
});
