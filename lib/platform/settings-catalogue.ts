import { z } from "zod";

/**
 * Every setting that an administrator may change: what it says, what it is without anybody's doing, and what it may be.
 * Its position on its screen is the order here.
 */
type Setting<T> = {
  group: "Sign-in" | "Second factors" | "Sessions" | "Links" | "Clients" | "Programs";
  label: string;
  sentence: string;
  /** What a number counts, as "hours"; words for each choice of an enum. */
  unit?: string;
  choices?: Record<string, string>;
  /** Of a text: what may be typed, and what nothing is called. */
  text?: { wanted: string; blank: string };
  schema: z.ZodType<T>;
  default: T;
};

const setting = <T>(one: Setting<T>) => one;
const whole = (from: number, to: number) => z.coerce.number().int().min(from).max(to);

export const lockoutModes = ["timed", "until_unlocked"] as const;
export const factorRequirements = ["nobody", "administrators", "everybody"] as const;

export const settingCatalogue = {
  "lockout.failures": setting({
    group: "Sign-in",
    label: "Failures until an account locks",
    sentence: "Wrong passwords in a row, counted for each known device and once for all others.",
    unit: "failures",
    schema: whole(3, 20),
    default: 5,
  }),
  "lockout.mode": setting({
    group: "Sign-in",
    label: "An account stays locked",
    sentence: "Until an administrator unlocks it, anybody who knows a user name can lock that person out.",
    choices: { timed: "For 15 minutes, doubling", until_unlocked: "Until an administrator unlocks" },
    schema: z.enum(lockoutModes),
    default: "timed" as (typeof lockoutModes)[number],
  }),
  "throttle.attempts": setting({
    group: "Sign-in",
    label: "Attempts from one address",
    sentence: "More than this many failed attempts within a minute from one address are refused with 429.",
    unit: "a minute",
    schema: whole(5, 1_000),
    default: 30,
  }),
  "factors.required": setting({
    group: "Second factors",
    label: "Second factor required for",
    sentence:
      "People without one add it at their next sign-in, also through an identity provider. Where one is required, passwords can have 8 characters.",
    choices: { nobody: "Nobody", administrators: "Administrators", everybody: "Everybody" },
    schema: z.enum(factorRequirements),
    default: "nobody" as (typeof factorRequirements)[number],
  }),
  "sessions.idleHours": setting({
    group: "Sessions",
    label: "Idle limit",
    sentence: "A session ends after this long without activity.",
    unit: "hours",
    schema: whole(1, 720),
    default: 12,
  }),
  "sessions.absoluteDays": setting({
    group: "Sessions",
    label: "Absolute limit",
    sentence: "A session ends this long after it started, even while it is used.",
    unit: "days",
    schema: whole(1, 365),
    default: 30,
  }),
  "links.invitationDays": setting({
    group: "Links",
    label: "An invitation works for",
    sentence: "After that it must be sent again.",
    unit: "days",
    schema: whole(1, 60),
    default: 7,
  }),
  "links.resetMinutes": setting({
    group: "Links",
    label: "A link for a new password works for",
    sentence: "Also applies to the link that confirms a new email.",
    unit: "minutes",
    schema: whole(5, 1_440),
    default: 60,
  }),
  "clients.tokenDays": setting({
    group: "Clients",
    label: "A provision token works for",
    sentence: "A client that has not registered by then needs a new token.",
    unit: "days",
    schema: whole(1, 90),
    default: 7,
  }),
  "clients.newestVersion": setting({
    group: "Clients",
    label: "Newest client version",
    sentence: "Clients that report an older version are called outdated. Leave blank to call none outdated.",
    text: { wanted: "Enter a version such as 2.9.1, or leave it blank.", blank: "none" },
    schema: z.string().regex(/^([0-9]{1,9}([.][0-9]{1,9}){0,3})?$/),
    default: "",
  }),
  "tokens.requests": setting({
    group: "Programs",
    label: "Requests by one access token",
    sentence: "More than this many a minute are refused with 429, by each process of the server.",
    unit: "a minute",
    schema: whole(10, 1_000_000),
    default: 3_000,
  }),
} as const;

export type SettingKey = keyof typeof settingCatalogue;
export type Settings = {
  [K in SettingKey]: (typeof settingCatalogue)[K]["default"] extends number
    ? number
    : (typeof settingCatalogue)[K]["default"];
};

export const settingKeys = Object.keys(settingCatalogue) as SettingKey[];
