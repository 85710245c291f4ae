import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Endpoint, Write } from "@/lib/api/endpoint";
import { parseFields } from "@/lib/api/request";
import { idShape, ownerShape } from "@/lib/api/shapes";
import { endpoints } from "@/lib/api/table";
import { writeOf } from "@/lib/api/writes";
import { releaseProvider } from "@/lib/identity-providers/commands/only";
import { onlyProvider } from "@/lib/people/only-way-in";
import { uuid } from "@/lib/platform/uuid";
import { createAdministrator } from "@/lib/setup/commands";
import { issueToken } from "@/lib/tokens/commands";

const text = z.string();

const administrator = writeOf(createAdministrator, {
  ...{ route: "POST /owner/administrators", summary: "Create an administrator", gives: idShape },
});

/** Without a password one is made here, and shown this once. */
const createAdmin: Write = {
  ...administrator,
  name: "user.create_admin",
  input: z.strictObject({
    username: text,
    email: text,
    firstName: text,
    lastName: text.default(""),
    password: text.optional().meta({
      format: "password",
      description:
        "read the password from standard input; otherwise it is taken from GATEHOUSE_PASSWORD, or generated and shown once",
    }),
  }),
  gives: z.object({ id: text, username: text, password: text.optional() }),
  async write(ctx, { password: given, ...person }, asked) {
    const password = given ?? (process.env.GATEHOUSE_PASSWORD || undefined);
    const used = password ?? randomBytes(18).toString("base64url");
    const { body } = await administrator.write(
      ctx,
      parseFields(administrator.input, { ...person, password: used }),
      asked,
    );
    const made = { ...(body as object), username: person.username, ...(password === undefined && { password: used }) };
    return { body: asked.dryRun ? body : made };
  },
};

const released = writeOf(releaseProvider, {
  route: "POST /owner/release-sign-in",
  summary: "Allow every way to sign in again, if the only provider does not work",
  gives: idShape,
});

/** For when the only way to sign in does not work, and no administrator can sign in by a password or a passkey. */
const release: Write = {
  ...released,
  input: z.strictObject({}),
  gives: z.object({ released: z.object({ id: text, slug: text, name: text }).nullable(), message: text }),
  async write(ctx, _, asked) {
    const only = await onlyProvider(ctx.db);
    if (!only && asked.dryRun) return { body: { dryRun: true, unchanged: true, changes: {}, access: null } };
    if (!only) return { body: { released: null, message: "Every way to sign in is already allowed." } };
    const answer = await released.write(ctx, { id: only.id }, asked);
    const message = `${only.name} is no longer the only way to sign in: passwords, passkeys and other providers work again.`;
    return asked.dryRun ? answer : { body: { released: only, message } };
  },
};

const issue = writeOf(issueToken, {
  route: "POST /users/{userId}/tokens",
  summary: "Create an access token for a user",
  gives: z.object({ id: text, ...ownerShape.shape, name: text, token: text, expiresAt: text.nullable() }),
  body: {
    command: issueToken,
    versioned: false,
    input: z.strictObject({
      userId: uuid(),
      name: text,
      operations: z.array(text).meta({ description: "an operation that the token carries, such as user.read" }),
      days: z.number().int().nullable().meta({ description: "days until the token expires" }),
    }),
    complete: async (_, given) => given,
  },
});

/** What the server's owner does at its command line (P6): what programs do, but for what concerns a token, and more besides. */
export const ownersEndpoints: readonly Endpoint[] = [
  ...endpoints.filter(({ name }) => name !== "me.read"),
  ...[createAdmin, issue, release],
];
