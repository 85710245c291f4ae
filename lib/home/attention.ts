import { and, asc, desc, eq, getTableColumns, isNotNull, lt, ne, type SQL, sql } from "drizzle-orm";
import { clients, users } from "@/db/schema";
import { administratorIds, someAdministrators } from "@/lib/access/administrators";
import { within } from "@/lib/access/relation";
import { type Part, text } from "@/lib/audit/fields";
import { staleAfter } from "@/lib/clients/connection";
import type { Ctx, Person } from "@/lib/context";
import { countUpTo, instant, opens } from "@/lib/home/queries";
import type { Total } from "@/lib/list";
import { fullName } from "@/lib/users/names";
import { statusCondition } from "@/lib/users/status";

export type Attention = {
  key: string;
  /** The order is that of the list: what is most dangerous first. */
  tone: "danger" | "warning" | "accent";
  glyph: "token" | "lock" | "shield" | "key" | "mail" | "clock";
  title: Part[];
  hint: Part[];
  action: { label: string; href: string };
};

const tones: Attention["tone"][] = ["danger", "warning", "accent"];

/** How many stand by name before the rest become one line. */
const named = 3;
const dormantAfter = 90;
const day = 24 * 60 * 60 * 1000;

/** What somebody should look at, as far as the actor may see it. Null for those whom none of it could concern. */
export async function needsAttention(ctx: Ctx<Person>): Promise<Attention[] | null> {
  const people = opens(ctx, "user.read");
  const machines = opens(ctx, "client.read");
  if (!people && !machines) return null;
  const found = await Promise.all([
    machines ? usedTwice(ctx) : [],
    people ? locked(ctx) : [],
    people ? weakAdministrators(ctx) : [],
    machines ? awaiting(ctx) : [],
    people ? invited(ctx) : [],
    machines ? stale(ctx) : [],
  ]);
  return found.flat().toSorted((a, b) => tones.indexOf(a.tone) - tones.indexOf(b.tone));
}

const moment = (at: Date): Part => ({ kind: "moment", at: at.toISOString() });
const plural = (total: Total, one: string, many: string) =>
  total.kind === "exact" && total.value === 1 ? one : `${words(total)} ${many}`;
const words = ({ value, kind }: Total) => `${kind === "over" ? "more than " : ""}${value.toLocaleString("en-US")}`;
const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);
const list = (names: string[], total: Total) => {
  const rest = total.value - names.length;
  return rest > 0 || total.kind === "over" ? `${names.join(", ")} and others` : names.join(", ");
};

const clientColumns = {
  name: clients.name,
  userId: clients.userId,
  firstName: users.firstName,
  lastName: users.lastName,
  tokenExpiresAt: clients.tokenExpiresAt,
  tokenReusedAt: clients.tokenReusedAt,
};

const someClients = (ctx: Ctx, condition: SQL | undefined, order: SQL, most: number) =>
  ctx.db
    .select(clientColumns)
    .from(clients)
    .innerJoin(users, eq(users.id, clients.userId))
    .where(and(condition, within(ctx, "client.read", clients.userId)))
    .orderBy(order)
    .limit(most);

const countClients = (ctx: Ctx, condition: SQL | undefined) =>
  countUpTo(ctx, sql`clients where ${condition} and ${within(ctx, "client.read", clients.userId)}`);

const clientsOf = (userId: string) => `/admin/users/${userId}/clients`;

async function usedTwice(ctx: Ctx): Promise<Attention[]> {
  const condition = and(isNotNull(clients.tokenReusedAt), ne(clients.status, "deregistered"));
  const rows = await someClients(ctx, condition, desc(clients.tokenReusedAt), named);
  return rows.map((row) => ({
    key: `used-twice-${row.userId}-${row.name}`,
    tone: "danger",
    glyph: "token",
    title: [text("A provision token was used twice")],
    hint: [
      text(`“${row.name}” of ${fullName(row)}, second use `),
      ...(row.tokenReusedAt ? [moment(row.tokenReusedAt)] : []),
      text(". It was refused."),
    ],
    action: { label: "Review", href: clientsOf(row.userId) },
  }));
}

async function locked(ctx: Ctx<Person>): Promise<Attention[]> {
  const condition = and(statusCondition("locked", ctx.now()), within(ctx, "user.read", users.id));
  const [rows, total] = await Promise.all([
    ctx.db.select().from(users).where(condition).orderBy(desc(users.lockedAt)).limit(named),
    countUpTo(ctx, sql`users where ${condition}`),
  ]);
  const label = opens(ctx, "user.unlock") ? "Unlock" : "Show";
  const lines: Attention[] = rows.map((row) => ({
    key: `locked-${row.id}`,
    tone: "danger",
    glyph: "lock",
    title: row.lockedUntil
      ? [text(`${fullName(row)} is locked until `), moment(row.lockedUntil)]
      : [text(`${fullName(row)} is locked until an administrator unlocks the account`)],
    hint: [text("Too many failed sign-ins, since "), ...(row.lockedAt ? [moment(row.lockedAt)] : [])],
    action: { label, href: `/admin/users/${row.id}` },
  }));
  const rest = total.value - rows.length;
  if (rest <= 0) return lines;
  const more = plural({ ...total, value: rest }, "One more person is locked", "more people are locked");
  return [
    ...lines,
    {
      key: "locked-more",
      tone: "danger",
      glyph: "lock",
      title: [text(capital(more))],
      hint: [text("Too many failed sign-ins")],
      action: { label: "Show", href: "/admin/users?status=locked" },
    },
  ];
}

/** Too few of them, a password that somebody else knows, no second factor, an account that nobody watches. */
async function weakAdministrators(ctx: Ctx): Promise<Attention[]> {
  const now = ctx.now();
  const dormant = sql`coalesce(${users.lastSignInAt}, ${users.createdAt}) < ${instant(new Date(now.getTime() - dormantAfter * day))}`;
  const bare = sql`not (exists(select 1 from authenticators a where a.user_id = users.id and a.confirmed_at is not null)
    or exists(select 1 from passkeys p where p.user_id = users.id))`;
  const isAdministrator = and(sql`${users.id} in (${administratorIds(now)})`, within(ctx, "user.read", users.id));
  const [some, weak, visible] = await Promise.all([
    someAdministrators(ctx.db, now),
    ctx.db
      .select({ ...getTableColumns(users), dormant: sql<boolean>`${dormant}` })
      .from(users)
      .where(and(isAdministrator, sql`(${users.mustChangePassword} or ${dormant} or ${bare})`))
      .orderBy(asc(users.nameKey))
      .limit(named),
    ctx.db.select().from(users).where(isAdministrator).limit(1),
  ]);
  const line = (row: typeof users.$inferSelect, key: string, title: string, hint: string): Attention => ({
    key: `${key}-${row.id}`,
    tone: "warning",
    glyph: "shield",
    title: [text(title)],
    hint: [text(hint)],
    action: { label: "Show", href: `/admin/users/${row.id}` },
  });
  const only = some.length === 1 ? visible : [];
  return [
    ...weak.map((row) =>
      row.mustChangePassword
        ? line(
            row,
            "password",
            `${fullName(row)}, an administrator, has a password that somebody else chose`,
            "It is changed at the next sign-in; until then two people know it.",
          )
        : row.dormant
          ? line(
              row,
              "dormant",
              `${fullName(row)} is an administrator and has not signed in for ${dormantAfter} days`,
              "An account that nobody watches is the easiest to take over.",
            )
          : line(
              row,
              "bare",
              `${fullName(row)} is an administrator without a second factor`,
              "Whoever learns the password holds everything that the account holds.",
            ),
    ),
    ...only.map((row) =>
      line(
        row,
        "only",
        `${fullName(row)} is the only administrator`,
        "If this account is lost, only the server's owner can make another.",
      ),
    ),
  ];
}

async function awaiting(ctx: Ctx): Promise<Attention[]> {
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
            plural(total, "one client has a token that was not used yet", "clients have a token that was not used yet"),
          ),
        ),
        ...(expired.value > 0 ? [text(`, ${words(expired)} expired`)] : []),
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
      action: { label: "Show", href: clientsOf(first.userId) },
    },
  ];
}

async function invited(ctx: Ctx): Promise<Attention[]> {
  const condition = and(
    statusCondition("invited", ctx.now()),
    sql`${users.lastSignInAt} is null`,
    within(ctx, "user.read", users.id),
  );
  const [rows, total] = await Promise.all([
    ctx.db.select().from(users).where(condition).orderBy(asc(users.createdAt)).limit(named),
    countUpTo(ctx, sql`users where ${condition}`),
  ]);
  const [first] = rows;
  if (!first) return [];
  const alone = rows.length === 1;
  return [
    {
      key: "invited",
      tone: "accent",
      glyph: "mail",
      title: [
        text(
          alone
            ? `${fullName(first)} was invited and has never signed in`
            : `${capital(words(total))} people were invited and have never signed in`,
        ),
      ],
      hint: [
        ...(alone ? [] : [text(`${list(rows.map(fullName), total)}, the first `)]),
        ...(alone ? [text("Since ")] : [text("since ")]),
        moment(first.createdAt),
      ],
      action: { label: "Show", href: alone ? `/admin/users/${first.id}` : "/admin/users?status=invited" },
    },
  ];
}

async function stale(ctx: Ctx): Promise<Attention[]> {
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
      action: { label: "Show", href: clientsOf(first.userId) },
    },
  ];
}
