import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { validate } from "uuid";
import type { Tx } from "@/db/client";
import { pictures, users } from "@/db/schema";
import { within } from "@/lib/access/relation";
import { encodePicture } from "@/lib/account/encode-picture";
import { pictureAddress } from "@/lib/account/picture-address";
import type { PicturePosition } from "@/lib/account/picture-rules";
import { lockOwnAccount } from "@/lib/account/target";
import type { Ctx, Person } from "@/lib/context";
import { notFound, precondition } from "@/lib/errors";
import { mutate } from "@/lib/mutate";
import { saveUser } from "@/lib/users/store";

type Upload = { bytes: Buffer; position: PicturePosition };

/** Sets one's own picture, cropped to a square and encoded anew. Throws `invalid` at `picture`, and `rate_limited`. */
export function setPicture(ctx: Ctx<Person>, { bytes, position }: Upload): Promise<{ picture?: string }> {
  return mutate(ctx, "account.update", {
    target: (tx) => lockOwnAccount(ctx, tx, ({ pictureTag }) => traceOf(pictureTag)),
    prepare: () => encodePicture(bytes, position),
    change: async (tx, before, image) => {
      if (!image) throw new Error("The picture was not encoded");
      const pictureTag = createHash("sha256").update(image).digest("base64url").slice(0, 16);
      const updatedAt = ctx.now();
      await tx
        .insert(pictures)
        .values({ userId: before.id, image, updatedAt })
        .onConflictDoUpdate({ target: pictures.userId, set: { image, updatedAt } });
      await saveUser(tx, before.id, { pictureTag });
      return { value: { picture: pictureAddress(before.id, pictureTag) }, after: { picture: "changed" } };
    },
  });
}

/** Removes one's own picture; initials stand in its place. */
export function removePicture(ctx: Ctx<Person>): Promise<void> {
  return mutate(ctx, "account.update", {
    target: (tx) => lockOwnAccount(ctx, tx, ({ pictureTag }) => traceOf(pictureTag)),
    change: async (tx, before) => {
      if (!before.pictureTag) throw precondition("There is no picture to remove.");
      await dropPicture(tx, before.id);
      return { value: undefined, after: traceOf(null) };
    },
  });
}

async function dropPicture(tx: Tx, userId: string): Promise<void> {
  await tx.delete(pictures).where(eq(pictures.userId, userId));
  await saveUser(tx, userId, { pictureTag: null });
}

const traceOf = (tag: string | null) => ({ picture: tag ? "set" : "none" });

/** The bytes of somebody's present picture, for themselves and whoever may see them; throws `not_found` otherwise. */
export async function readPicture(ctx: Ctx<Person>, userId: string, tag: string): Promise<Buffer> {
  if (!validate(userId)) throw notFound("The picture");
  const visible = userId === ctx.actor.id ? undefined : within(ctx, "user.read", users.id);
  const [row] = await ctx.db
    .select({ image: pictures.image })
    .from(pictures)
    .innerJoin(users, eq(users.id, pictures.userId))
    .where(and(eq(pictures.userId, userId), eq(users.pictureTag, tag), visible));
  if (!row) throw notFound("The picture");
  return row.image;
}
