import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { openScreens } from "@/lib/shell/navigation";
import { accessWith, role } from "@/lib/testing/access";
import { hydrated } from "./hydrated";
import { makeLongNames } from "./long-names";
import { makePerson } from "./people";
import { signInAs, startSession, withDatabase } from "./sign-in-as";

const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

test("a hundred letters without a space widen no page, and a date shows its whole value, at 1280 and at 390 pixels", async ({
  page,
}) => {
  test.setTimeout(600_000);
  const { person, pages, giveBack } = await makeLongNames();
  try {
    await signInAs(page, "ada");
    const found: string[] = [];
    const main = openScreens(accessWith(role({ admin: true }))).map(({ href }) => href);
    for (const path of [...main, ...pages, "/admin/users/new", "/admin/roles/new", "/admin/settings/mail"])
      found.push(...(await widened(page, path)));
    await signInAs(page, person.username);
    for (const tab of ["", "/security", "/clients", "/tokens", "/sessions", "/access", "/activity"])
      found.push(...(await widened(page, `/account${tab}`)));
    expect(found).toEqual([]);
  } finally {
    await giveBack();
  }
});

test("what a search looks for can be read whole at 390 pixels", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, "ada");
  const screens = openScreens(accessWith(role({ admin: true }))).map(({ href }) => href);
  const [group] = await withDatabase((sql) => sql<{ id: string }[]>`select id from groups where name = 'Regression'`);
  const members = `/admin/groups/${group?.id}/members`;
  const more = [
    members,
    "/admin/sessions/clients",
    "/admin/sessions/locked",
    "/admin/roles/operations",
    "/admin/roles/new",
  ];
  const cut: string[] = [];
  let read = 0;
  for (const path of [...screens, ...more]) {
    await page.goto(path);
    await hydrated(page);
    const texts = await page.locator("main input[placeholder]:visible").evaluateAll((fields) =>
      fields.map((field) => {
        const { placeholder, clientWidth } = field as HTMLInputElement;
        const { font, paddingLeft, paddingRight } = getComputedStyle(field);
        const context = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
        context.font = font;
        const room = clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
        return { placeholder, fits: context.measureText(placeholder).width <= room };
      }),
    );
    read += texts.length;
    cut.push(...texts.filter(({ fits }) => !fits).map(({ placeholder }) => `${path}: ${placeholder}`));
  }
  expect(cut).toEqual([]);
  expect(read).toBeGreaterThan(8);
});

/** What is wider than the window on a page, or narrower than the date in it, in words. */
async function widened(page: Page, path: string): Promise<string[]> {
  const found: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    const answer = await page.goto(path);
    expect([path, answer?.status()]).toEqual([path, 200]);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const faults = await page.evaluate(faultsOf);
    found.push(...faults.map((fault) => `${path} at ${size.width}: ${fault}`));
  }
  return found;
}

function faultsOf(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const beyond = [...document.querySelectorAll("main *")].filter(
    (element) =>
      element.getBoundingClientRect().right > clientWidth + 1 &&
      ![...element.children].some((child) => child.getBoundingClientRect().right > clientWidth + 1),
  );
  const culprit = beyond.map((element) => element.outerHTML.slice(0, 160))[0];
  const narrow = [...document.querySelectorAll<HTMLInputElement>("input[type^=date]")].filter((input) => {
    const whole = input.cloneNode() as HTMLInputElement;
    whole.style.cssText = "position: absolute; width: max-content; min-width: 0; flex: none";
    input.after(whole);
    const cut = input.offsetWidth > 0 && whole.offsetWidth > input.offsetWidth;
    whole.remove();
    return cut;
  });
  return [
    ...(scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} too wide: ${culprit}`] : []),
    ...narrow.map((input) => `the date ${input.name} is cut`),
  ];
}

for (const { width } of sizes)
  test(`a toast lies over no button of the last rows, at ${width} pixels`, async ({ page }) => {
    const person = await makePerson("toasted");
    for (let made = 0; made < 12; made++) await startSession(person.username, `Toasted ${made}`);
    await page.setViewportSize({ width, height: 560 });
    await signInAs(page, "ada");
    await page.goto(`/admin/sessions?q=${person.username}`);
    await hydrated(page);
    const buttons = page
      .getByRole("table", { name: "Active Users" })
      .getByRole("button", { name: "Logout", exact: true });
    await buttons.nth(-2).click();
    const toast = page.locator("[data-sonner-toast]");
    // It stays for as long as the pointer is over it.
    await toast.hover();
    await expect
      .poll(() =>
        buttons.last().evaluate((button) => {
          window.scrollTo(0, document.documentElement.scrollHeight);
          const { left, right, top, bottom } = button.getBoundingClientRect();
          const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          return there === button || button.contains(there);
        }),
      )
      .toBe(true);
    await expect(toast).toBeVisible();
  });

test("what a token was used by, however long, leaves the columns their width, at 1440 and at 390 pixels", async ({
  page,
}) => {
  const { id } = await makePerson("agents");
  const agent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 sdk/3.2.1-beta.4+build.${"7".repeat(150)}`;
  const used = {
    last_used_at: new Date(),
    last_used_address: "2001:db8:85a3:8d3:1319:8a2e:370:7348",
    last_used_agent: agent,
  };
  const token = { id: randomUUID(), user_id: id, name: "nightly build", prefix: "gh_pat_", last_four: "abcd" };
  const row = { ...token, ...used, name_key: token.name, hash: randomUUID(), operations: ["account.update"] };
  await withDatabase((sql) => sql`insert into access_tokens ${sql(row)}`);
  await signInAs(page, "ada");
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/admin/users/${id}/tokens`);
    const line = page.getByRole("table").getByRole("row").filter({ hasText: "nightly build" });
    await expect(line).toBeVisible();
    expect((await line.boundingBox())?.height, `at ${width}`).toBeLessThan(200);
    await expect(line.getByText("nightly build", { exact: true })).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(faultsOf)).toEqual([]);
  }
});

test("the mark of a client's token stays on one line, beside whatever is said of it, at 1440 pixels", async ({
  page,
}) => {
  const { id } = await makePerson("marked");
  const fixed = {
    token_prefix: "gh_cli_",
    token_last_four: "abcd",
    token_expires_at: new Date(),
    platform: "macOS 15.6",
  };
  const seen = {
    status: "registered",
    awaiting: false,
    last_heartbeat_at: new Date(),
    copied_at: new Date(),
    version: "4.2",
  };
  const row = { id: randomUUID(), user_id: id, name: "twin", name_key: "twin", search: " twin", ...fixed, ...seen };
  await withDatabase((sql) => sql`insert into clients ${sql(row)}`);
  await signInAs(page, "ada");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/admin/users/${id}/clients`);
  const line = page.getByRole("table").getByRole("row").filter({ hasText: "twin" });
  await expect(line).toContainText("runs in two places");
  expect((await line.getByText("gh_cli_…abcd").boundingBox())?.height).toBeLessThan(24);
  expect((await line.boundingBox())?.height).toBeLessThan(120);
});

test("at 390 pixels a membership, its end and the button that removes it stand in two lines", async ({ page }) => {
  const person = await makePerson("member");
  await withDatabase(
    (sql) =>
      sql`insert into group_members (group_id, user_id) select id, ${person.id} from groups where name = 'Regression'`,
  );
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, "ada");
  await page.goto(`/admin/users/${person.id}/access`);
  const name = page.getByRole("form", { name: "Roles and Groups" }).getByText("Regression", { exact: true });
  await expect(name).toBeVisible();
  const [named, removed] = await Promise.all([
    name.boundingBox(),
    page.getByRole("button", { name: "Remove from Regression" }).boundingBox(),
  ]);
  const middle = ({ y, height }: { y: number; height: number }) => y + height / 2;
  expect(Math.abs(middle(named ?? never) - middle(removed ?? never))).toBeLessThan(12);
});

const never = { y: Number.NaN, height: 0 };
