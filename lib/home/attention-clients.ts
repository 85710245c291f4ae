import { and, asc, eq, isNotNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { atMost, kept } from "@/db/kept";
import { clients, users } from "@/db/schema";
import { text } from "@/lib/audit/words";
import { within } from "@/lib/authz/relation";
import { allClientsHref } from "@/lib/clients/all-filters";
import { staleAfter } from "@/lib/clients/connection";
import type { Ctx } from "@/lib/context";
import { type Attention, capital, day, list, moment, named, plural } from "@/lib/home/attention-words";
import { countUpTo, instant } from "@/lib/home/queries";
import { formatTotal } from "@/lib/lists/format-total";
import { fullName } from "@/lib/normalization/names";

const clientColumns = {
  name: clients.name,
  userId: clients.userId,
  firstName: users.firstName,
  lastName: users.lastName,
  tokenExpiresAt: clients.tokenExpiresAt,
  tokenReusedAt: clients.tokenReusedAt,
  copiedAt: clients.copiedAt,
};

const someClients = (ctx: Ctx, condition: SQL | undefined, order: SQL, most: number) =>
  kept(
    ctx.db
      .select(clientColumns)
      .from(clients)
      .innerJoin(users, eq(users.id, clients.userId))
      .where(and(condition, within(ctx, "client.read", clients.userId)))
      .orderBy(order)
      .limit(atMost(most)),
  );

const countClients = (ctx: Ctx, condition: SQL | undefined) =>
  countUpTo(ctx, sql`clients where ${condition} and ${within(ctx, "client.read", clients.userId)}`);

const clientsOf = (userId: string) => `/admin/users/${userId}/clients`;

/** C11: signs that somebody else may have a token, or the folder of a client. */
export async function copied(ctx: Ctx): Promise<Attention[]> {
  const noticed = or(isNotNull(clients.tokenReusedAt), isNotNull(clients.copiedAt));
  const latest = sql`greatest(${clients.tokenReusedAt}, ${clients.copiedAt}) desc`;
  const rows = await someClients(ctx, and(noticed, ne(clients.status, "deregistered")), latest, named);
  return rows.flatMap((row) => [
    ...(row.tokenReusedAt
      ? [
          alarm(
            "used-twice",
            row,
            "A provision token was used twice",
            "second use ",
            row.tokenReusedAt,
            "It was refused.",
          ),
        ]
      : []),
    ...(row.copiedAt
      ? [alarm("copied", row, "A client runs in two places", "noticed ", row.copiedAt, "A new token ends both.")]
      : []),
  ]);
}

type Row = { name: string; userId: string; firstName: string; lastName: string };

const alarm = (key: string, row: Row, title: string, when: string, at: Date, end: string): Attention => ({
  key: `${key}-${row.userId}-${row.name}`,
  tone: "danger",
  glyph: "token",
  title: [text(title)],
  hint: [text(`“${row.name}” of ${fullName(row)}, ${when}`), moment(at), text(`. ${end}`)],
  action: { label: "Review", href: clientsOf(row.userId) },
});

export async function awaiting(ctx: Ctx): Promise<Attention[]> {
  const now = ctx.now();
  const condition = sql`${clients.awaiting} and ${clients.status} <> 'deregistered'`;
  const [rows, total, expired] = await Promise.all([
    someClients(ctx, condition, asc(clients.tokenExpiresAt), named),
    countClients(ctx, condition),
    countClients(ctx, and(condition, lt(clients.tokenExpiresAt, now))),
  ]);
  const [first] = rows;
  if (!first) return [];
  const over = first.tokenExpiresAt <= now;
  const soon = first.tokenExpiresAt.getTime() - now.getTime() < 2 * day;
  return [
    {
      key: "awaiting",
      tone: soon ? "warning" : "accent",
      glyph: "key",
      title: [
        text(
          capital(
            plural(
              total,
              "one client has a token that has not been used yet",
              "clients have a token that has not been used yet",
            ),
          ),
        ),
        ...(expired.value > 0 ? [text(`, ${formatTotal(expired)} expired`)] : []),
      ],
      hint: [
        text(`“${first.name}” of ${fullName(first)}, ${over ? "expired" : "expires"} `),
        moment(first.tokenExpiresAt),
        ...(rows.length > 1
          ? [
              text(
                `; ${list(
                  rows.slice(1).map(({ name }) => `“${name}”`),
                  { ...total, value: total.value - 1 },
                )}`,
              ),
            ]
          : []),
      ],
      action: {
        label: "View clients",
        href: allClientsHref({
          status: ["provisioned", "registered"],
          connection: ["awaiting client", "never contacted"],
        }),
      },
    },
  ];
}

export async function stale(ctx: Ctx): Promise<Attention[]> {
  const since = new Date(ctx.now().getTime() - staleAfter);
  const condition = and(
    eq(clients.status, "registered"),
    eq(clients.awaiting, false),
    sql`${clients.lastHeartbeatAt} <= ${instant(since)}`,
  );
  const [rows, total] = await Promise.all([
    someClients(ctx, condition, asc(clients.lastHeartbeatAt), named),
    countClients(ctx, condition),
  ]);
  const [first] = rows;
  if (!first) return [];
  const names = rows.map((row) => `“${row.name}” of ${fullName(row)}`);
  return [
    {
      key: "stale",
      tone: "warning",
      glyph: "clock",
      title: [text(capital(plural(total, "one client is stale", "clients are stale")))],
      hint: [text(`No heartbeat for ${staleAfter / day} days or more: ${list(names, total)}`)],
      action: { label: "View clients", href: allClientsHref({ connection: ["stale"], sort: "lastContact" }) },
    },
  ];
}
