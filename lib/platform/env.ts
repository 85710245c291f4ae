import { z } from "zod";
import { readMailbox } from "@/lib/normalization/mailbox";
import { parametersFault } from "@/lib/platform/database-address";
import { isPrivateEntry } from "@/lib/platform/outgoing-addresses";
import { isRange } from "@/lib/platform/ranges";

/**
 * The configuration, parsed once at start; every problem is listed at once. The only file that reads the environment.
 * `npm start`, `demo` and `dev` fill in what is not set, from the data folder.
 */
const secret = z.string().min(32, "must have at least 32 characters");

const count = z.coerce.number("must be a whole number").int("must be a whole number").min(1, "must be at least 1");

const logLevels = ["debug", "info", "warn", "error"] as const;

const databaseAddress = z
  .string()
  .regex(/^postgres(ql)?:\/\//, "must be an address like postgres://user:password@host:5432/name")
  .superRefine((address, { addIssue }) => {
    const message = parametersFault(address);
    if (message) addIssue({ code: "custom", message });
  });

export const envSchema = z.object({
  DATABASE_URL: databaseAddress,
  GATEHOUSE_POOLER_URL: databaseAddress.optional(),
  GATEHOUSE_PREPARED_STATEMENTS: z.enum(["0", "1"], { error: "must be 0 or 1" }).default("1"),
  GATEHOUSE_DATA_DIR: z.string().min(1).default(".gatehouse"),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().min(1).optional(),
  NEXTAUTH_URL: z.url({
    protocol: /^https?$/,
    error: "must be the public address, like https://gatehouse.example.com",
  }),
  NEXTAUTH_SECRET: secret,
  GATEHOUSE_ENCRYPTION_KEY: z
    .string()
    .refine((key) => Buffer.from(key, "base64").length === 32, "must be 32 bytes in base64"),
  GATEHOUSE_TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform((list) =>
      list
        .split(",")
        .map((item) => item.trim())
        .filter(Boolean),
    )
    .refine((list) => list.every(isRange), "must be addresses and ranges like 10.0.0.0/8, with commas between them"),
  GATEHOUSE_PRIVATE_ADDRESSES: z
    .string()
    .default("")
    .transform((list) =>
      list
        .split(",")
        .map((item) => item.trim().toLowerCase())
        .filter(Boolean),
    )
    .refine(
      (list) => list.every(isPrivateEntry),
      "must be host names, addresses and ranges like 10.0.0.0/8, with commas between them",
    ),
  GATEHOUSE_MAX_CONNECTIONS: count.default(2_000),
  GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS: count.default(200),
  GATEHOUSE_LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(", ")}` }).default("info"),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "must be an address like smtp://user:password@mail.example.com:587" })
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((from) => readMailbox(from) !== null, "must be a sender like Gatehouse <gatehouse@example.com>")
    .optional(),
  GATEHOUSE_DATABASE_ROLE: z.string().default(""),
  GATEHOUSE_DEMO: z.enum(["0", "1"]).default("0"),
});

export type Env = z.infer<typeof envSchema>;

/** Throws one Error that lists every problem. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const result = envSchema.safeParse(variables);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const name = issue.path.join(".");
    return variables[name] === undefined ? `  ${name} is not set` : `  ${name} ${issue.message}`;
  });
  throw new Error(`Gatehouse cannot start with this configuration:\n${problems.join("\n")}`);
}

let parsed: Env | undefined;

export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** The address that links are built from and cookies are made for. */
export const publicUrl = () => new URL(env().NEXTAUTH_URL);
export const isHttps = () => publicUrl().protocol === "https:";

/** Whether statements may stay prepared on their connections. */
export const prepares = () => env().GATEHOUSE_PREPARED_STATEMENTS === "1";

/** True under `npm run demo`. */
export const isDemonstration = () => env().GATEHOUSE_DEMO === "1";

/** How much is logged; asked before the configuration is known to be whole. */
export const logLevel = () => logLevels.find((level) => level === process.env.GATEHOUSE_LOG_LEVEL) ?? "info";

/** True of a build that serves people; tests and the development server check more of what they do. */
export const isProduction = () => process.env.NODE_ENV === "production";

/** True under `npm run dev`, whose hot reloading evaluates strings. */
export const isDevelopment = () => process.env.NODE_ENV === "development";
