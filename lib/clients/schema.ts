import { z } from "zod";
import { plainText } from "@/lib/normalization/plain-text";
import { uuid } from "@/lib/platform/uuid";

export type { ClientStatus, Connection } from "@/db/enums";

const name = plainText(1, 64, "Name");

export const generateClientSchema = z.strictObject({ userId: uuid(), name });
export const renameClientSchema = z.strictObject({ id: uuid(), name });
export const clientSchema = z.strictObject({ id: uuid() });
export const confirmTokenSchema = z.strictObject({ id: uuid(), tokenId: uuid() });

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "Must be 32 bytes in base64url.");
/** What WebCrypto adds when it exports a key; taken, and not kept. */
const exported = {
  kid: z.string().max(200).optional(),
  alg: z.string().max(20).optional(),
  use: z.string().max(20).optional(),
  key_ops: z.array(z.string().max(20)).max(10).optional(),
  ext: z.boolean().optional(),
};

/** RFC 7517 and 8037: an Ed25519 or P-256 public key. A private one is refused. */
export const publicKeySchema = z.discriminatedUnion(
  "crv",
  [
    z.strictObject({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: coordinate, ...exported }),
    z.strictObject({ kty: z.literal("EC"), crv: z.literal("P-256"), x: coordinate, y: coordinate, ...exported }),
  ],
  { error: "Must be a public JWK, Ed25519 or P-256." },
);

export const registerClientSchema = z.strictObject({
  token: z.string().max(200),
  publicKey: publicKeySchema,
  version: plainText(1, 64, "Version"),
  platform: plainText(1, 100, "Platform"),
});

/** What a client reports. `instance`: another one at each start, by which a second run of the same folder is noticed. */
export const heartbeatSchema = z.strictObject({
  version: plainText(1, 64, "Version"),
  platform: plainText(1, 100, "Platform"),
  instance: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,64}$/, "Must be 16 to 64 characters of base64url.")
    .optional(),
});

export type ClientInput = z.output<typeof clientSchema>;
export type PublicKey = z.output<typeof publicKeySchema>;
export type Heartbeat = z.output<typeof heartbeatSchema>;
export type RegisterClient = z.output<typeof registerClientSchema>;
