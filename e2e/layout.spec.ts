import { expect, type Page, test } from "@playwright/test";
import { openScreens } from "@/lib/shell/navigation";
import { accessWith, role } from "@/lib/testing/access";
import { hydrated } from "./hydrated";
import { makeLongNames } from "./long-names";
import { makePerson } from "./people";
import { signInAs, startSession } from "./sign-in-as";

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
  const more = ["/admin/sessions/clients", "/admin/sessions/locked", "/admin/roles/operations", "/admin/roles/new"];
  const cut: string[] = [];
  let read = 0;
  for (const path of [...screens, ...more]) {
    await page.goto(path);
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
    await expect(page.locator("[data-sonner-toast]")).toBeVisible();
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
    await expect(page.locator("[data-sonner-toast]")).toBeVisible();
  });
