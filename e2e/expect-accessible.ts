import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { AxeResults, ElementContext, RunOptions } from "axe-core";

const source = readFileSync(join(import.meta.dirname, "../node_modules/axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const dialog = "[role=dialog], [role=alertdialog]";
const closing = "[role=dialog][data-state=closed], [role=alertdialog][data-state=closed]";

export const phone = { width: 390, height: 844 };
export const desk = { width: 1440, height: 900 };

interface Wish {
  sizes?: (typeof desk)[];
  /** axe's rules that do not fit what is open, as "region" beside a list that floats. */
  off?: string[];
  /** What axe passes by, as a frame of its own that no script may enter. */
  without?: string;
}

/**
 * axe finds nothing on the screen as it stands, or in the dialog that is open over it, and nothing is wider than the
 * window. A desk wears light and a phone dark, so that each size and each theme is read once; `npm run test:faults`
 * reads every pair.
 */
export async function expectAccessible(
  page: Page,
  what = page.url(),
  { sizes = [desk, phone], off = [], without }: Wish = {},
) {
  const { thorough } = test.info().config.metadata as { thorough?: boolean };
  const before = page.viewportSize();
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const theme of thorough || sizes.length === 1 ? ["light", "dark"] : [size === desk ? "light" : "dark"]) {
      await wear(page, theme);
      await expect(page.locator(closing)).toHaveCount(0);
      // What another width shows may have to be fetched first, and appears then.
      await expect(page.getByRole("progressbar", { name: "Loading" })).toHaveCount(0);
      await wear(page, theme);
      const dialogs = await page.locator(dialog).count();
      const found = await read(
        page,
        { include: dialogs > 0 ? [dialog] : ["html"], exclude: without ? [without] : [] },
        off,
      );
      expect({ what, width: size.width, theme, found }).toEqual({ what, width: size.width, theme, found: [] });
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect({ what, width: size.width, wider: Math.max(0, wide) }).toEqual({ what, width: size.width, wider: 0 });
  }
  if (before) await page.setViewportSize(before);
}

type Axe = { axe: { run: (context: ElementContext, options: RunOptions) => Promise<AxeResults> } };

const read = (page: Page, context: { include: string[]; exclude: string[] }, off: string[]) =>
  page.evaluate(
    async ([within, options]) => {
      const { violations } = await (window as unknown as Axe).axe.run(within, options);
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html, target }) => ({ id, html, target })));
    },
    [
      context,
      {
        resultTypes: ["violations"],
        iframes: false,
        runOnly: { type: "tag", values: tags },
        // Called experimental by axe: whoever speaks to the machine says what is seen (WCAG 2.5.3).
        rules: Object.fromEntries([
          ["label-content-name-mismatch", { enabled: true }],
          ...off.map((id) => [id, { enabled: false }]),
        ]),
      },
    ] as [typeof context, RunOptions],
  );

/** Takes the theme on, once the page is drawn at its size, and lets every transition end. */
const wear = (page: Page, theme: string) =>
  page.evaluate(async (name) => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    document.documentElement.dataset.theme = name;
    for (const animation of document.getAnimations())
      if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
  }, theme);
