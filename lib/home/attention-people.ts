import { and, asc, desc, getTableColumns, inArray, sql } from "drizzle-orm";
import { atMost, kept } from "@/db/kept";
import { users } from "@/db/schema";
import { text } from "@/lib/audit/words";
import { statusCondition } from "@/lib/authz/account-status";
import { administratorIds, someAdministrators } from "@/lib/authz/administrators";
import { authorize } from "@/lib/authz/authorize";
import { within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { type Attention, capital, day, list, moment, named, plural } from "@/lib/home/attention-words";
import { countUpTo, instant } from "@/lib/home/queries";
import { formatTotal } from "@/lib/lists/format-total";
import { boundedTotal } from "@/lib/lists/pagination";
import { fullName } from "@/lib/normalization/names";
import { withKeeper } from "@/lib/people/keeper";
import type { UserRow } from "@/lib/people/scoped";
import { lacksWayIn, outgrownAmong } from "@/lib/people/way-in";
import { toHref } from "@/lib/users/filters";
import { abilitiesOn } from "@/lib/users/queries";

/** In days. */
const dormantAfter = 90;

export async function locked(ctx: Ctx<Person>): Promise<Attention[]> {
  const condition = and(statusCondition("locked", ctx.now()), within(ctx, "user.read", users.id));
  const [rows, total] = await Promise.all([
    kept(ctx.db.select().from(users).where(condition).orderBy(desc(users.lockedAt)).limit(atMost(named))),
    countUpTo(ctx, sql`users where ${condition}`),
  ]);
  const lines = await Promise.all(
    rows.map(async (row): Promise<Attention> => {
      const name = fullName(row);
      const decision = await authorize(ctx, ctx.db, "user.unlock", { person: { id: row.id, name } });
      return {
        key: `locked-${row.id}`,
        tone: "danger",
        glyph: "lock",
        title: [
          { kind: "person", id: row.id, text: name, visible: true, strong: true },
          ...(row.lockedUntil
            ? [text(" is locked until "), moment(row.lockedUntil)]
            : [text(" is locked until an administrator unlocks the account")]),
        ],
        hint: [text("Too many failed sign-ins, since "), ...(row.lockedAt ? [moment(row.lockedAt)] : [])],
        action: decision.ok
          ? { label: "Unlock", person: { id: row.id, name } }
          : { label: "View user", href: `/admin/users/${row.id}` },
      };
    }),
  );
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
      action: { label: "View users", href: toHref({ status: ["locked"] }) },
    },
  ];
}

/** Too few of them, a password that somebody else knows, no second factor, an account that nobody watches. */
export async function weakAdministrators(ctx: Ctx): Promise<Attention[]> {
  const now = ctx.now();
  const dormant = sql`coalesce(${users.lastSignInAt}, ${users.createdAt}) < ${instant(new Date(now.getTime() - dormantAfter * day))}`;
  const bare = sql`not (exists(select 1 from authenticators a where a.user_id = users.id and a.confirmed_at is not null)
    or exists(select 1 from passkeys p where p.user_id = users.id))`;
  const isAdministrator = and(sql`${users.id} in (${administratorIds(now)})`, within(ctx, "user.read", users.id));
  const [some, weak, visible] = await Promise.all([
    someAdministrators(ctx.db, now),
    kept(
      ctx.db
        .select({ ...getTableColumns(users), dormant: sql<boolean>`${dormant}` })
        .from(users)
        .where(and(isAdministrator, sql`(${users.mustChangePassword} or ${dormant} or ${bare})`))
        .orderBy(asc(users.nameKey))
        .limit(atMost(named)),
    ),
    kept(ctx.db.select().from(users).where(isAdministrator).limit(atMost(1))),
  ]);
  const line = (row: typeof users.$inferSelect, key: string, title: string, hint: string): Attention => ({
    key: `${key}-${row.id}`,
    tone: "warning",
    glyph: "shield",
    title: [text(title)],
    hint: [text(hint)],
    action: { label: "View user", href: `/admin/users/${row.id}` },
  });
  const only = some.length === 1 ? visible : [];
  return [
    ...weak.map((row) =>
      row.mustChangePassword
        ? line(
            row,
            "password",
            `${fullName(row)}, an administrator, has a password that somebody else chose`,
            "It must be changed at the next sign-in; until then two people know it.",
          )
        : row.dormant
          ? line(
              row,
              "dormant",
              `${fullName(row)} is an administrator and has not signed in for ${dormantAfter} days`,
              "An unused account is the easiest to take over.",
            )
          : line(
              row,
              "bare",
              `${fullName(row)} is an administrator without a second factor`,
              "Anyone who learns the password gets everything the account can do.",
            ),
    ),
    ...only.map((row) =>
      line(
        row,
        "only",
        `${fullName(row)} is the only administrator`,
        "If this account is lost, only the server's owner can create another.",
      ),
    ),
  ];
}

const noWayIn = "They have no password, no passkey and no pending link.";
const outgrown =
  "The person who set the password may no longer manage them, so it does not work. They have no other way to sign in.";

/** People who could sign in as far as their state goes, and have nothing that signs in (U13, R15). */
export async function withoutWayIn(ctx: Ctx<Person>): Promise<Attention[]> {
  const seen = within(ctx, "user.read", users.id);
  // Found once for both, the names and the number.
  const lacking = ctx.db.$with("lacking").as(
    ctx.db
      .select({ id: users.id, nameKey: users.nameKey })
      .from(users)
      .where(and(lacksWayIn(ctx.now()), seen)),
  );
  const first = ctx.db
    .select({ id: lacking.id })
    .from(lacking)
    .orderBy(asc(lacking.nameKey), asc(lacking.id))
    .limit(atMost(named));
  const [found, judged] = await Promise.all([
    kept(
      ctx.db
        .with(lacking)
        .select({ person: users, count: sql<number>`(select count(*)::int from lacking)` })
        .from(users)
        .where(inArray(users.id, first))
        .orderBy(asc(users.nameKey), asc(users.id)),
    ),
    outgrownAmong(ctx, seen),
  ]);
  const without = found.map(({ person }) => person);
  const counted = boundedTotal(found[0]?.count ?? 0);
  const theirs = new Set(judged.map(({ id }) => id));
  const rows = [...without, ...judged].toSorted(byNameKey).slice(0, named);
  const total = { ...counted, value: counted.value + judged.length };
  const lines = await Promise.all(
    rows.map(async (row): Promise<Attention> => {
      const person = { id: row.id, name: fullName(row) };
      const may = await abilitiesOn(ctx, await withKeeper(ctx.db, row));
      return {
        key: `no-password-${row.id}`,
        tone: "warning",
        glyph: "key",
        title: [text("No password yet: "), { kind: "person", ...part(person) }],
        hint: [text(theirs.has(row.id) ? outgrown : noWayIn)],
        action: {
          label: may["invitation.send"].ok
            ? "Invite"
            : may["password.reset"].ok
              ? theirs.has(row.id)
                ? "Send a link"
                : "Set a password"
              : "View user",
          href: `/admin/users/${row.id}`,
        },
      };
    }),
  );
  const rest = total.value - rows.length;
  if (rest <= 0) return lines;
  const more = plural({ ...total, value: rest }, "one more person", "more people");
  return [
    ...lines,
    {
      key: "no-password-more",
      tone: "warning",
      glyph: "key",
      title: [text(`No password yet: ${more}`)],
      hint: [text(without.length > 0 ? noWayIn : outgrown)],
      action: { label: "View users", href: toHref({ status: ["invited", "active"], dormant: ["never"] }) },
    },
  ];
}

const byNameKey = (a: UserRow, b: UserRow) => (a.nameKey < b.nameKey ? -1 : a.nameKey > b.nameKey ? 1 : 0);

const part = ({ id, name }: { id: string; name: string }) => ({ id, text: name, visible: true, strong: true });

export async function invited(ctx: Ctx): Promise<Attention[]> {
  const condition = and(
    statusCondition("invited", ctx.now()),
    sql`${users.lastSignInAt} is null`,
    within(ctx, "user.read", users.id),
  );
  const [rows, total] = await Promise.all([
    kept(ctx.db.select().from(users).where(condition).orderBy(asc(users.createdAt)).limit(atMost(named))),
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
            : `${capital(formatTotal(total))} people were invited and have never signed in`,
        ),
      ],
      hint: [
        ...(alone ? [] : [text(`${list(rows.map(fullName), total)}, the first `)]),
        ...(alone ? [text("Since ")] : [text("since ")]),
        moment(first.createdAt),
      ],
      action: alone
        ? { label: "View user", href: `/admin/users/${first.id}` }
        : { label: "View users", href: toHref({ status: ["invited"] }) },
    },
  ];
}
