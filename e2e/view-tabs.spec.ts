import { expect, type Locator, type Page, test } from "@playwright/test";
import { v7 } from "uuid";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makePerson } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

const names = Array.from({ length: 6 }, (_, at) => `${at + 1}: everybody in the regression team who has not signed in`);

async function makeViews(ownerId: string): Promise<string[]> {
  const ids = names.map(() => v7());
  for (const [at, name] of names.entries())
    await withDatabase(
      (sql) => sql`insert into saved_views (id, list, owner_id, name, name_key, query)
        values (${ids[at] as string}, 'users', ${ownerId}, ${name}, ${name.toLowerCase()}, 'status=active')`,
    );
  return ids;
}

const strip = (page: Page) => page.getByRole("navigation", { name: "Views" });

/** Whether nothing of it is cut off, or lies under anything else, at either end of the strip. */
const isWhole = (tab: Locator) =>
  tab.evaluate((link) => {
    const { left, right, top, bottom } = link.getBoundingClientRect();
    const around = (link.closest("nav") as Element).getBoundingClientRect();
    const on = (x: number) => link.contains(document.elementFromPoint(x, (top + bottom) / 2));
    return left >= around.left - 10 && right <= around.right && on(left + 12) && on(right - 12);
  });

for (const width of [1440, 390])
  test(`B5: among many views with long names the current one is in sight, and the first one too, at ${width} pixels`, async ({
    page,
  }) => {
    const person = await makePerson("strip", { primaryRole: "Quality Manager", additionalRoles: ["Admin"] });
    const ids = await makeViews(person.id);
    await page.setViewportSize({ width, height: 900 });
    await signInAs(page, person.username);
    await page.goto(`/admin/users?view=${ids.at(-1)}`);
    await hydrated(page);
    const [active, last] = [strip(page).getByRole("link", { name: /^Active/ }), strip(page).getByTitle(/^6: /)];
    await expect(last).toHaveAttribute("aria-current", "page");
    await expect(last).toHaveAttribute("title", names.at(-1) as string);
    await expect.poll(() => isWhole(last)).toBe(true);
    await expect.poll(() => isWhole(active)).toBe(true);
    await expectAccessible(page, `the views of a list at ${width} pixels`, { sizes: [{ width, height: 900 }] });
    await active.click();
    await expect(active).toHaveAttribute("aria-current", "page");
    const second = strip(page).getByTitle(/^3: /);
    await second.click();
    await expect(second).toHaveAttribute("aria-current", "page");
    await expect.poll(() => isWhole(second)).toBe(true);
  });

test("B5: at 390 pixels the actions of a view stand beside its filters", async ({ page }) => {
  const person = await makePerson("beside", { primaryRole: "Quality Manager", additionalRoles: ["Admin"] });
  const [id] = await makeViews(person.id);
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, person.username);
  await page.goto(`/admin/users?view=${id}`);
  await hydrated(page);
  const [filters, actions] = await Promise.all([
    page.getByRole("link", { name: "Clear filters" }).boundingBox(),
    page.getByRole("button", { name: "View actions" }).boundingBox(),
  ]);
  expect(Math.abs((filters?.y ?? 0) - (actions?.y ?? 999))).toBeLessThan(8);
});
