import { eq } from "drizzle-orm";
import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { pictures, users } from "@/db/schema";
import { readPicture, removePicture, setPicture } from "@/lib/account/picture";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, lastEvent, rolledBack } from "@/lib/testing/database";

/** Left half red, right half blue, with metadata that must not survive. */
async function twoHalves(format: "png" | "jpeg" | "webp"): Promise<Buffer> {
  const red = { create: { width: 600, height: 300, channels: 3, background: "#ff0000" } } as const;
  const blue = await sharp({ create: { ...red.create, width: 300, background: "#0000ff" } })
    .png()
    .toBuffer();
  return sharp(red)
    .composite([{ input: blue, left: 300, top: 0 }])
    .withExif({ IFD0: { Copyright: "canary-of-metadata" } })
    .toFormat(format)
    .toBuffer();
}

const colourAt = async (image: Buffer, left: number) => {
  const { data } = await sharp(image)
    .extract({ left, top: 128, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [data[0]! > 128 ? "red" : "", data[2]! > 128 ? "blue" : ""].join("");
};

describe("one's own picture", () => {
  test.each(["png", "jpeg", "webp"] as const)("a %s becomes a square WebP without metadata", (format) =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const ctx = await as(tx, eve);
      const { picture } = await setPicture(ctx, { bytes: await twoHalves(format) });
      const [stored] = await tx.select().from(pictures);
      expect(await sharp(stored!.image).metadata()).toMatchObject({ format: "webp", width: 256, height: 256 });
      expect(stored!.image.toString("latin1")).not.toContain("canary-of-metadata");
      expect(picture).toMatch(new RegExp(`^/pictures/${eve.id}/[\\w-]{16}$`));
      expect(await colourAt(stored!.image, 100)).toBe("red");
      expect(await lastEvent(tx)).toMatchObject({
        operation: "account.update",
        outcome: "succeeded",
        personId: eve.id,
      });
      expect((await lastEvent(tx)).values["change.picture"]).toEqual(["none", "changed"]);
    }),
  );

  test("of one that is no square the middle is kept", () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      await setPicture(await as(tx, eve), { bytes: await twoHalves("png") });
      const [stored] = await tx.select().from(pictures);
      expect([await colourAt(stored!.image, 10), await colourAt(stored!.image, 245)]).toEqual(["red", "blue"]);
    }));

  test.each<[string, () => Buffer | Promise<Buffer>]>([
    ["an SVG", () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    [
      "a page that calls itself PNG",
      () => Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.from("<script>")]),
    ],
    ["half a JPEG", async () => (await twoHalves("jpeg")).subarray(0, 400)],
    [
      "a GIF",
      () =>
        sharp({ create: { width: 9, height: 9, channels: 3, background: "#000" } })
          .gif()
          .toBuffer(),
    ],
    ["nothing", () => Buffer.alloc(0)],
  ])("refuses %s with a sentence, and keeps what there was", (_, make) =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const ctx = await as(tx, eve);
      await expect(setPicture(ctx, { bytes: await make() })).rejects.toEqual(
        wrongField("picture", /not a picture that can be read/),
      );
      expect(await tx.select().from(pictures)).toEqual([]);
    }),
  );

  test("refuses one with too many pixels before it unfolds", () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const bytes = await sharp({ create: { width: 9000, height: 6000, channels: 3, background: "#123" } })
        .png({ compressionLevel: 9 })
        .toBuffer();
      await expect(setPicture(await as(tx, eve), { bytes })).rejects.toEqual(
        wrongField("picture", /50 million pixels/),
      );
    }));

  test.each<[string, (flat: Sharp) => Sharp]>([
    ["a progressive JPEG with all colours", (flat) => flat.jpeg({ progressive: true, chromaSubsampling: "4:4:4" })],
    ["an interlaced PNG with 16 bits", (flat) => flat.toColourspace("rgb16").png({ progressive: true })],
    ["a lossless WebP", (flat) => flat.webp({ lossless: true, effort: 0 })],
  ])("refuses %s that is decoded as a whole, beyond what there is room for", (_, encode) =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const flat = sharp({ create: { width: 8200, height: 5000, channels: 3, background: "#123" } });
      const bytes = await encode(flat).toBuffer();
      await expect(setPicture(await as(tx, eve), { bytes })).rejects.toEqual(wrongField("picture", /too much memory/));
    }),
  );

  test("close to 50 million pixels are taken, from anyone who may set one", () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const bytes = await sharp({ create: { width: 8200, height: 6000, channels: 3, background: "#123" } })
        .jpeg()
        .toBuffer();
      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, eve.id));
      await expect(setPicture(await as(tx, eve), { bytes })).rejects.toEqual(refused("unauthenticated"));
      await tx.update(users).set({ status: "active" }).where(eq(users.id, eve.id));
      await expect(setPicture(await as(tx, eve), { bytes })).resolves.toEqual({
        picture: expect.any(String),
      });
    }));

  test("is shown to oneself and to people who may see the person, by its present address alone", () =>
    rolledBack(async (tx) => {
      const { ada, lee, eve, sam } = await company(tx);
      const { picture } = await setPicture(await as(tx, eve), { bytes: await twoHalves("png") });
      const tag = picture!.split("/").at(-1)!;
      for (const viewer of [eve, ada, lee])
        expect((await readPicture(await as(tx, viewer), eve.id, tag)).byteLength).toBeGreaterThan(50);
      await expect(readPicture(await as(tx, sam), eve.id, tag)).rejects.toEqual(refused("not_found"));
      await expect(readPicture(await as(tx, eve), eve.id, "another")).rejects.toEqual(refused("not_found"));
      await expect(readPicture(await as(tx, eve), "no-id", tag)).rejects.toEqual(refused("not_found"));
      await removePicture(await as(tx, eve), {});
      await expect(readPicture(await as(tx, eve), eve.id, tag)).rejects.toEqual(refused("not_found"));
      await expect(removePicture(await as(tx, eve), {})).rejects.toEqual(refused("precondition"));
    }));
});
