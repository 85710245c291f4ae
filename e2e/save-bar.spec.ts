import { expect, test } from "@playwright/test";
import { hydrated } from "./hydrated";
import { signInAs } from "./sign-in-as";

for (const width of [1440, 390])
  for (const [path, field] of [
    ["/account", "First Name"],
    ["/admin/settings", "Failures until an account locks"],
  ] as const)
    test(`the bar of ${path} comes into sight with the first edit, and the field stays where it is, at ${width} pixels`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 900 });
      await signInAs(page, "ada");
      await page.goto(path);
      await hydrated(page);
      const edited = page.getByLabel(field).first();
      await edited.click();
      const before = await edited.boundingBox();
      await page.keyboard.type("1");
      const bar = page.getByText("1 unsaved change", { exact: true });
      await expect(bar).toBeInViewport({ ratio: 1 });
      expect(await edited.boundingBox()).toEqual(before);
      await page.getByRole("button", { name: "Discard" }).click();
      await expect(bar).toHaveCount(0);
    });
