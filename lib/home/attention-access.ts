import { eq, inArray } from "drizzle-orm";
import { kept } from "@/db/kept";
import { settings, users } from "@/db/schema";
import { rolesCarrying } from "@/lib/access/holders";
import { type Part, text } from "@/lib/audit/words";
import { decideByScope, noRelation } from "@/lib/authz/evaluate";
import { profilesOf } from "@/lib/authz/load";
import type { Ctx, Person } from "@/lib/context";
import { type Attention, named } from "@/lib/home/attention-words";
import { opens } from "@/lib/home/queries";
import { fullName } from "@/lib/normalization/names";
import { mailNotice } from "@/lib/settings/commands";
import { readUserFilters } from "@/lib/users/filters";
import { listUsers } from "@/lib/users/list";

/**
 * After an upgrade from a version in which `setting.update` was enough: who may change settings and not how mail is sent
 * (R15), within sight. Until it is dismissed, or nobody is left.
 */
export async function lostMail(ctx: Ctx<Person>): Promise<Attention[]> {
  if (!opens(ctx, "setting.read")) return [];
  const [noticed] = await kept(ctx.db.select().from(settings).where(eq(settings.key, mailNotice)));
  if (!noticed) return [];
  const { people, more } = await losers(ctx);
  const [first] = people;
  if (!first) return [];
  const alone = people.length === 1 && !more;
  return [
    {
      key: "lost-mail",
      tone: "warning",
      glyph: "shield",
      title: alone
        ? [nameOf(first), text(" can no longer set how mail is sent")]
        : [text(`${more ? "More than " : ""}${people.length} people can no longer set how mail is sent`)],
      hint: [
        ...(alone ? [] : namesOf(people.slice(0, named), people.length > named || more)),
        text("Changing settings is no longer enough: this requires every operation, without an end date."),
      ],
      action: opens(ctx, "setting.update")
        ? { label: "Dismiss", notice: "mail" }
        : { label: "View privilege", href: "/admin/privileges/mail.configure" },
    },
  ];
}

type Loser = { id: string; firstName: string; lastName: string };

const nameOf = (person: Loser): Part => ({
  kind: "person",
  id: person.id,
  text: fullName(person),
  visible: true,
  strong: true,
});

const namesOf = (people: Loser[], others: boolean): Part[] => [
  ...people.flatMap((person, at) => [...(at > 0 ? [text(", ")] : []), nameOf(person)]),
  text(others ? " and others. " : ". "),
];

/** Those among the first page of people who carry it: enough to name some. */
async function losers(ctx: Ctx<Person>): Promise<{ people: Loser[]; more: boolean }> {
  const carriers = await rolesCarrying(ctx, "setting.update");
  const role = carriers.map(({ id }) => id);
  const page = await listUsers(ctx, { ...readUserFilters({}).filters, role, status: ["active", "locked"] });
  const ids = page.rows.map(({ id }) => id);
  if (ids.length === 0) return { people: [], more: false };
  const rows = await ctx.db
    .select({ id: users.id, firstName: users.firstName, lastName: users.lastName, endsAt: users.accessEndsAt })
    .from(users)
    .where(inArray(users.id, ids))
    .orderBy(users.nameKey, users.id);
  const profiles = await profilesOf(ctx.db, ids, ctx.now());
  const people = rows.filter(({ id, endsAt }) => {
    const access = { ...profiles.access(profiles.of.get(id) ?? ""), personId: id, endsAt };
    const may = (operation: "setting.update" | "mail.configure") =>
      decideByScope(access, operation, noRelation).allowed;
    return may("setting.update") && !may("mail.configure");
  });
  return { people, more: page.next !== null };
}
