import { z } from "zod";
import { publicUrl } from "@/lib/platform/env";
import { dayOf, longDay, timeOfDay } from "@/lib/time/calendar";

/** One mail, described once; its text and its HTML are both made from this. */
export type MailBlock =
  | { kind: "paragraph"; text: string }
  | { kind: "button"; label: string; href: string }
  | { kind: "facts"; rows: [label: string, value: string][] }
  | { kind: "note"; text: string };

export type MailDescription = { subject: string; blocks: MailBlock[] };

export type Template<V> = {
  /** What the mail log and the preview call it. */
  label: string;
  values: z.ZodType<V>;
  /** Values for the preview. */
  sample: () => V;
  subject: (values: V) => string;
  blocks: (values: V, zone: string) => MailBlock[];
};

export const template = <V>(one: Template<V>): Template<V> => one;

export const paragraph = (text: string): MailBlock => ({ kind: "paragraph", text });
export const button = (label: string, href: string): MailBlock => ({ kind: "button", label, href });
export const facts = (...rows: [label: string, value: string][]): MailBlock => ({ kind: "facts", rows });
export const note = (text: string): MailBlock => ({ kind: "note", text });

/** An address of this Gatehouse, as configured; a link to anywhere else is refused. */
export const ownLink = z
  .url()
  .refine((link) => new URL(link).origin === publicUrl().origin, "A link in a mail leads to the configured address.");

/** An instant; what was stored comes back as text. */
export const instant = z.union([z.date(), z.iso.datetime().transform((text) => new Date(text))]) as z.ZodType<Date>;

/** "Thursday 26 Nov 2026, 09:24 (Europe/Berlin)" */
export const exactly = (at: Date, zone: string) => `${longDay(dayOf(at, zone))}, ${timeOfDay(at, zone)} (${zone})`;

export const sampleLink = (path: string) => new URL(path, publicUrl()).href;
export const sampleInstant = new Date("2026-11-26T09:24:00Z");
