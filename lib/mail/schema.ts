import { z } from "zod";
import { changesDirection, isOneLine } from "@/lib/normalization/characters";
import { readMailbox } from "@/lib/normalization/mailbox";
import { uuid } from "@/lib/platform/uuid";

/**
 * `tls`: from the start. `starttls`: demanded after the greeting. `opportunistic`: STARTTLS (if offered). `none`: in the
 * open, for a server on this machine.
 */
export const mailSecurities = ["starttls", "tls", "opportunistic", "none"] as const;
export type MailSecurity = (typeof mailSecurities)[number];

const line = (least: number, most: number, missing: string) =>
  z
    .string({ error: missing })
    .trim()
    .min(least, missing)
    .max(most, `At most ${most} characters.`)
    .refine(isOneLine, "This contains characters that cannot be shown.");

const shared = {
  host: line(1, 253, "Enter the host of the mail server.").refine(
    (host) => /^[a-z0-9.:-]+$/i.test(host),
    "Enter a host name or an address, without smtp:// and without a port.",
  ),
  port: z.coerce
    .number({ error: "Enter a port." })
    .int("Enter a port from 1 to 65535.")
    .min(1, "Enter a port from 1 to 65535.")
    .max(65535, "Enter a port from 1 to 65535."),
  security: z.enum(mailSecurities),
  user: line(0, 254, "Enter the user name."),
  from: line(1, 400, "Enter the sender.").refine(
    (from) => readMailbox(from) !== null,
    "Enter one sender, such as Gatehouse <gatehouse@example.com>.",
  ),
};

/** As stored in the settings: the password is encrypted, or empty. */
export const storedTransportSchema = z.object({ ...shared, password: z.string() });
export type StoredTransport = z.output<typeof storedTransportSchema>;

/** As it is typed: an empty password keeps the stored one while host, port and user stay. */
export const saveTransportSchema = z.strictObject({
  ...shared,
  from: shared.from.refine(
    (from) => !changesDirection(from),
    "This contains characters that change the direction of writing.",
  ),
  password: z.string().max(1000, "At most 1,000 characters."),
});
export type SaveTransport = z.output<typeof saveTransportSchema>;

export const mailIdSchema = z.strictObject({ id: uuid() });
