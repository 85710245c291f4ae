import { readFile, truncate, writeFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { expectAccessible } from "./expect-accessible";
import { hydrated } from "./hydrated";
import { makePerson, password } from "./people";
import { signInAs, withDatabase } from "./sign-in-as";

/** A green picture with a band of red at its left. */
async function picture(format: "png" | "gif" = "png") {
  const band = await sharp({ create: { width: 60, height: 200, channels: 3, background: "#ff0000" } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 400, height: 200, channels: 3, background: "#00aa00" } })
    .composite([{ input: band, left: 0, top: 0 }])
    .toFormat(format)
    .toBuffer();
}

const form = (page: Page, name: string) => page.getByRole("form", { name });
const shown = (page: Page, id: string) => page.locator(`img[src^="/pictures/${id}/"]`);

async function openProfile(page: Page, username: string) {
  await signInAs(page, username);
  await page.goto("/account");
  await hydrated(page);
}

const panel = (page: Page) => page.getByRole("region", { name: "Picture" });
const file = (page: Page) => panel(page).getByLabel("File");
const dialog = (page: Page) => page.getByRole("dialog", { name: "Crop your picture" });
const save = (page: Page) => dialog(page).getByRole("button", { name: "Save picture" });
const area = (page: Page) => dialog(page).getByRole("application", { name: "Picture" });

const stored = async (userId: string) => (await picturesOf(userId))[0]?.image ?? Buffer.alloc(0);

/** Red, green and blue at one place of what is kept, 256 pixels square. */
async function colourAt(image: Buffer, left: number, top: number): Promise<number[]> {
  const pixel = await sharp(image).extract({ left, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer();
  return [...pixel];
}

test("a picture is chosen, cropped, shown to those who may see the person, and removed", async ({ page, browser }) => {
  const person = await makePerson("picture", { firstName: "Pia", lastName: "Picture" });
  await openProfile(page, person.username);
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await file(page).setInputFiles({ name: "a.gif", mimeType: "image/gif", buffer: await picture("gif") });
  await expect(panel(page).getByText(/not a picture that can be read/)).toBeVisible();
  await file(page).setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from("rubbish") });
  await expect(panel(page).getByText(/not a picture that can be read/)).toBeVisible();
  await expect(dialog(page)).toHaveCount(0);

  await file(page).setInputFiles({ name: "a.png", mimeType: "image/png", buffer: await picture() });
  await expect(panel(page).getByText(/not a picture that can be read/)).toHaveCount(0);
  await expect(area(page)).toBeFocused();
  await expect(dialog(page).getByRole("status")).toHaveText(
    "Shows 50% of the width from 25%, and 100% of the height from 0%.",
  );
  await expectAccessible(page, "crop-picture");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(file(page)).toBeFocused();
  await expect(file(page)).toHaveValue("");

  // By keys alone: to the left end of the picture.
  await file(page).setInputFiles({ name: "a.png", mimeType: "image/png", buffer: await picture() });
  await expect(area(page)).toBeFocused();
  for (let press = 0; press < 20; press++) await page.keyboard.press("ArrowRight");
  await expect(dialog(page).getByRole("status")).toHaveText(/^Shows 50% of the width from 0%/);
  await save(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Your picture is saved")).toBeVisible();
  await expect(file(page)).toBeFocused();
  await expect(shown(page, person.id).first()).toBeVisible();
  expect(complaints.filter((text) => /Content Security Policy/i.test(text))).toEqual([]);

  const address = (await shown(page, person.id).first().getAttribute("src")) ?? "";
  const answer = await page.request.get(address);
  expect(answer.headers()).toMatchObject({
    "content-type": "image/webp",
    "x-content-type-options": "nosniff",
    "content-disposition": "inline",
  });
  expect(answer.headers()["cache-control"]).toContain("private");
  const image = await sharp(await answer.body())
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(image.info).toMatchObject({ width: 256, height: 256 });
  expect(image.data[0]).toBeGreaterThan(200);

  const admin = await (await browser.newContext()).newPage();
  await signInAs(admin, "ada");
  await admin.goto(`/admin/users?q=${person.username}`);
  await expect(shown(admin, person.id)).toHaveCount(1);
  const stranger = await browser.newContext();
  expect((await stranger.request.get(address)).status()).toBe(401);
  const nosy = await makePerson("nosy");
  const page2 = await stranger.newPage();
  await signInAs(page2, nosy.username);
  expect((await page2.request.get(address)).status()).toBe(404);
  await stranger.close();
  await admin.context().close();

  await panel(page).getByRole("button", { name: "Remove picture" }).click();
  await expect(page.getByText("Your picture is removed")).toBeVisible();
  await expect(shown(page, person.id)).toHaveCount(0);
  expect((await page.request.get(address)).status()).toBe(404);
});

/** Chooses a picture, crops it by `crop` and saves it; gives how many bytes the browser sent. */
async function saved(
  page: Page,
  chosen: { name: string; mimeType: string; buffer: Buffer },
  crop = async () => {},
): Promise<number> {
  await file(page).setInputFiles(chosen);
  await expect(area(page)).toBeFocused();
  await crop();
  const [sent] = await Promise.all([
    page.waitForRequest((request) => request.url().endsWith("/account/picture")),
    save(page).click(),
  ]);
  expect((await sent.response())?.status()).toBe(200);
  await expect(dialog(page)).toHaveCount(0);
  return Number((await sent.allHeaders())["content-length"]);
}

test("the square is chosen by pointer, slider and keys, upright as the picture is shown, and nothing else is sent", async ({
  page,
}) => {
  const person = await makePerson("cropped");
  await openProfile(page, person.username);
  const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
  const band = { create: { width: 800, height: 1600, channels: 3, background: "#ff0000" } } as const;
  // Stored lying on its side, with a band of red at its left: upright, the band is at the top.
  const lying = await sharp({ create: { width: 2400, height: 1600, channels: 3, background: "#888", noise } })
    .composite([{ input: band, left: 0, top: 0 }])
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 90 })
    .toBuffer();
  expect(lying.byteLength).toBeGreaterThan(1_000_000);
  const camera = { name: "camera.jpg", mimeType: "image/jpeg", buffer: lying };
  const drag = async () => {
    const box = await area(page).boundingBox();
    if (!box) throw new Error("There is no area");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + 400, { steps: 5 });
    await page.mouse.up();
    await expect(dialog(page).getByRole("status")).toHaveText(/from 0%\.$/);
  };
  expect(await saved(page, camera, drag)).toBeLessThan(lying.byteLength / 4);
  const [redness = 0, greenness = 255] = await colourAt(await stored(person.id), 128, 40);
  expect([redness > 200, greenness < 60]).toEqual([true, true]);

  const zoom = dialog(page).getByRole("slider", { name: "Zoom" });
  await saved(page, { name: "band.png", mimeType: "image/png", buffer: await picture() }, async () => {
    for (let press = 0; press < 10; press++) await page.keyboard.press("+");
    await expect(zoom).toHaveValue("2");
    // The browser's own zoom is left to it.
    await page.keyboard.press("Control+-");
    await expect(zoom).toHaveValue("2");
    await page.keyboard.press("-");
    await zoom.focus();
    await page.keyboard.press("ArrowRight");
    await expect(zoom).toHaveValue("2");
    await expect(dialog(page).getByRole("status")).toHaveText(/^Shows 25% of the width/);
  });

  await page.evaluate(() => {
    HTMLCanvasElement.prototype.toBlob = (told) => told(null);
  });
  await file(page).setInputFiles(camera);
  await save(page).click();
  await expect(dialog(page).getByRole("alert")).toHaveText(/cannot crop the picture/);
});

test("a picture of more than 5 MB is cropped and saved; a file beyond 50 MB is refused, and 5 MB are the most that is taken", async ({
  page,
  baseURL,
}, testInfo) => {
  const person = await makePerson("large");
  await openProfile(page, person.username);
  const huge = testInfo.outputPath("huge.jpg");
  await writeFile(huge, "");
  await truncate(huge, 50 * 1_048_576 + 1);
  await file(page).setInputFiles(huge);
  await expect(page.getByText("The file is larger than 50 MB. Choose a smaller one.")).toBeVisible();

  const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
  const buffer = await sharp({ create: { width: 3000, height: 2000, channels: 3, background: "#888", noise } })
    .jpeg({ quality: 95 })
    .toBuffer();
  expect(buffer.byteLength).toBeGreaterThan(5 * 1_048_576);
  expect(await saved(page, { name: "camera.jpg", mimeType: "image/jpeg", buffer })).toBeLessThan(1_048_576);
  const kept = await picturesOf(person.id);
  expect(kept).toHaveLength(1);

  const headers = { origin: baseURL ?? "", "content-type": "image/png" };
  const large = await page.request.post("/account/picture", { headers, data: Buffer.alloc(5 * 1_048_576 + 1, 1) });
  expect(large.status()).toBe(413);
  const foreign = await page.request.post("/account/picture", {
    headers: { ...headers, origin: "https://elsewhere.example" },
    data: await picture(),
  });
  expect(foreign.status()).toBe(403);
  expect(await picturesOf(person.id)).toEqual(kept);
});

const picturesOf = (userId: string) =>
  withDatabase((sql) => sql<{ image: Buffer }[]>`select image from pictures where user_id = ${userId}`);

test("time zone and form of dates hold everywhere, without a difference between server and browser", async ({
  page,
}) => {
  const person = await makePerson("zone");
  await withDatabase((sql) => sql`update users set created_at = '2025-03-04T23:30:00Z' where id = ${person.id}`);
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await openProfile(page, person.username);
  const times = form(page, "Name and preferences");
  await times.getByRole("combobox", { name: "Time Zone" }).click();
  await page.getByPlaceholder("Search time zones").fill("tokyo");
  await page.getByRole("option", { name: "Asia/Tokyo" }).click();
  await times.getByLabel("Date and Number Format").selectOption("iso");
  await times.getByRole("button", { name: "Update" }).click();
  await expect(page.getByText("Your profile is saved")).toBeVisible();
  const account = page.getByRole("region", { name: "Account" });
  await expect(account).toContainText("2025-03-05 08:30");
  await page.reload();
  await hydrated(page);
  await expect(account).toContainText("2025-03-05 08:30");
  await expect(times.getByRole("combobox", { name: "Time Zone" })).toContainText("Asia/Tokyo");
  await times.getByRole("combobox", { name: "Time Zone" }).click();
  await page.getByRole("option", { name: "Same as the browser" }).click();
  await times.getByLabel("Date and Number Format").selectOption("");
  await times.getByRole("button", { name: "Update" }).click();
  await expect(account).not.toContainText("2025-03-05 08:30");
  await expect(account).toContainText(/Mar 2025, \d\d:\d\d/);
  expect(complaints.filter((text) => /hydrat|did not match/i.test(text))).toEqual([]);
});

test("one's own activity, and one's own data as a file without a secret", async ({ page }) => {
  const person = await makePerson("data", { firstName: "Dora", lastName: "Data" });
  await openProfile(page, person.username);
  await form(page, "Name and preferences").getByLabel("First Name").fill("Doris");
  await form(page, "Name and preferences").getByRole("button", { name: "Update" }).click();
  await expect(page.getByText("Your profile is saved")).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download as JSON" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^my-data-\d{4}-\d\d-\d\d\.json$/);
  const text = await readFile(await file.path(), "utf8");
  const data = JSON.parse(text);
  expect(data).toMatchObject({ profile: { username: person.username, firstName: "Doris" }, clients: [] });
  expect(data.events.map(({ operation }: { operation: string }) => operation)).toEqual([
    "account.export",
    "account.update",
  ]);
  expect(text).not.toContain("$argon2");

  await page.getByRole("link", { name: "Activity" }).click();
  await expect(page.getByText(/downloaded their own data/)).toBeVisible();
  await expect(page.getByText(/changed their own account/)).toBeVisible();
  await expectAccessible(page);
});

test("S2: the field says what the rules make of a new password, and a well-known one is refused with its rule", async ({
  page,
}) => {
  const person = await makePerson("strong");
  await openProfile(page, person.username);
  await expectAccessible(page);
  await page.goto("/account/security");
  await hydrated(page);
  const own = form(page, "Password");
  const entry = own.getByLabel("New Password");
  await entry.fill("plum");
  await expect(own.getByText("4 of 15 characters")).toBeVisible();
  await expect(own.getByRole("status")).toHaveText("15 characters are needed.");
  await entry.fill("abcabcabcabcabcabc");
  await expect(own.getByRole("status")).toContainText("repeats one short piece");
  await entry.fill("seven lanterns over the harbour");
  await expect(own.getByRole("status")).toHaveText("Long enough.");
  const wellKnown = "Correct Horse, Battery-Staple!";
  await own.getByLabel("Current Password").fill(password);
  await entry.fill(wellKnown);
  await own.getByLabel("Confirm Password").fill(wellKnown);
  await own.getByRole("button", { name: "Change password" }).click();
  await expect(own.getByText(/a well-known password/).last()).toBeVisible();
  await expect(entry).toBeFocused();
});
