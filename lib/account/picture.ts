import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { pictures, users } from "@/db/schema";
import { encodePicture } from "@/lib/account/encode-picture";
import { accountOperations } from "@/lib/account/operations";
import { readsAs } from "@/lib/authz/principal";
import { within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { notFound, precondition } from "@/lib/errors";
import { noInputSchema } from "@/lib/http/no-input";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import type { Work } from "@/lib/kernel/steps";
import { isId } from "@/lib/normalization/id";
import { lockOwnAccount } from "@/lib/people/own-account";
import { saveUser } from "@/lib/people/store";
import { pictureAddress } from "@/lib/platform/picture-address";

const lockOwn = ({ ctx, tx }: Work<Ctx<Person>>) => lockOwnAccount(ctx, tx, ({ pictureTag }) => traceOf(pictureTag));

/** Sets one's own picture, cropped to its middle square and encoded again. Throws `invalid` at `picture`, and `rate_limited`. */
export const setPicture = command(accountOperations["account.update"], {
  key: "account.set_picture",
  for: "person",
  input: internalInput<{ bytes: Buffer }>(),
  target: lockOwn,
  prepare:
    ({ bytes }) =>
    () =>
      encodePicture(bytes),
  change: async ({ tx, now }, { id }, _, image) => {
    if (!image) throw new Error("The picture was not encoded");
    const pictureTag = createHash("sha256").update(image).digest("base64url").slice(0, 16);
    await tx
      .insert(pictures)
      .values({ userId: id, image, updatedAt: now })
      .onConflictDoUpdate({ target: pictures.userId, set: { image, updatedAt: now } });
    await saveUser(tx, { id }, { pictureTag });
    return { value: { picture: pictureAddress(id, pictureTag) }, after: { picture: "changed" } };
  },
});

/** Removes one's own picture; initials replace it. */
export const removePicture = command(accountOperations["account.update"], {
  key: "account.remove_picture",
  for: "person",
  input: noInputSchema,
  target: lockOwn,
  change: async ({ tx }, before) => {
    if (!before.pictureTag) throw precondition("There is no picture to remove.");
    await dropPicture(tx, before.id);
    return { value: undefined, after: traceOf(null) };
  },
});

async function dropPicture(tx: Tx, userId: string): Promise<void> {
  await tx.delete(pictures).where(eq(pictures.userId, userId));
  await saveUser(tx, { id: userId }, { pictureTag: null });
}

const traceOf = (tag: string | null) => ({ picture: tag ? "set" : "none" });

/** The bytes of somebody's present picture, for themselves and people who may see them; throws `not_found` otherwise. */
export async function readPicture(ctx: Ctx<Person>, userId: string, tag: string): Promise<Buffer> {
  if (!isId(userId)) throw notFound("The picture");
  const own = userId === ctx.actor.id || userId === readsAs(ctx.actor);
  const visible = own ? undefined : within(ctx, "user.read", users.id);
  const [row] = await ctx.db
    .select({ image: pictures.image })
    .from(pictures)
    .innerJoin(users, eq(users.id, pictures.userId))
    .where(and(eq(pictures.userId, userId), eq(users.pictureTag, tag), visible));
  if (!row) throw notFound("The picture");
  return row.image;
}
