import { z } from "zod";
import { mailStatuses } from "@/db/enums";

/** The address of the mail log as one schema: page, tokens and query read and write it here. */
export { mailStatuses };

export const mailPath = "/admin/settings/mail";

const cursor = z.string().max(4000).optional();
export const mailFiltersSchema = z.object({
  status: z.array(z.enum(mailStatuses)).max(mailStatuses.length).default([]),
  after: cursor,
  before: cursor,
});
export type MailFilters = z.output<typeof mailFiltersSchema>;

/** Reads an address. What it does not understand is left out and named in `ignored`, as `status=lost`. */
export function readMailFilters(params: Record<string, string | string[] | undefined>) {
  const given = [params.status ?? []].flat().filter(Boolean);
  const known = mailStatuses.filter((status) => given.includes(status));
  const ignored = given.filter((text) => !known.some((status) => status === text));
  const one = (name: "after" | "before") => [params[name] ?? []].flat()[0];
  const filters = mailFiltersSchema.parse({
    status: known,
    after: cursor.catch(undefined).parse(one("after")),
    before: cursor.catch(undefined).parse(one("before")),
  });
  return { filters, ignored: ignored.map((text) => `status=${text.slice(0, 60)}`) };
}

export const toPairs = ({ status }: Pick<MailFilters, "status">) =>
  status.map((one): [name: string, value: string] => ["status", one]);

/** The address of the log with something changed. A change begins at the first page unless it names a cursor. */
export function toHref(filters: MailFilters, { after, before }: { after?: string; before?: string } = {}): string {
  const pairs = [...toPairs(filters), ...(after ? [["after", after]] : []), ...(before ? [["before", before]] : [])];
  const query = new URLSearchParams(pairs).toString();
  return query ? `${mailPath}?${query}` : mailPath;
}

export const statusWords = {
  waiting: "Waiting",
  sent: "Sent",
  failed: "Failed",
  cancelled: "Cancelled",
} as const satisfies Record<(typeof mailStatuses)[number], string>;
