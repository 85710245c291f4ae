import { eq, sql } from "drizzle-orm";
import { kept } from "@/db/kept";
import { settings } from "@/db/schema";
import { administratorIds, isAdmin } from "@/lib/authz/administrators";
import { readsAs } from "@/lib/authz/principal";
import type { Ctx, Person } from "@/lib/context";
import { opens } from "@/lib/home/queries";
import { mailWorksWith, transportKey } from "@/lib/mail/transport";
import { assignRoleId, rolesPath } from "@/lib/roles/pages";
import { firstStepsNotice } from "@/lib/settings/commands";

export type Step = {
  key: string;
  title: string;
  hint: string;
  action: { label: string; href: string };
  /** The line of "Needs attention" that says the same. */
  instead?: string;
};

export type GetStarted = { steps: Step[]; mayDismiss: boolean };

/** What is left to do before people can work, for administrators; null for everybody else, and once it is done or dismissed. */
export async function getStarted(ctx: Ctx<Person>): Promise<GetStarted | null> {
  if (!isAdmin(ctx.actor.access)) return null;
  const now = ctx.now();
  const me = readsAs(ctx.actor);
  const setting = (key: string) => ctx.db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
  const [found] = await kept(
    ctx.db
      .select({
        dismissed: sql<boolean>`exists(${setting(firstStepsNotice)})`,
        mail: sql<unknown>`(${setting(transportKey)})`,
        others: sql<boolean>`exists(select 1 from users where id <> ${me})`,
        factor: sql<boolean>`(exists(select 1 from authenticators where user_id = ${me} and confirmed_at is not null)
        or exists(select 1 from passkeys where user_id = ${me}))`,
        role: sql<string>`(select id from roles where admin order by built_in desc limit 1)`,
        administrators: sql<number>`(select count(*)::int from (${administratorIds(now)} limit 2) a)`,
      })
      .from(sql`(select 1) one`),
  );
  if (!found || found.dismissed) return null;
  const steps = [
    !found.others && opens(ctx, "user.create") && colleague,
    opens(ctx, "mail.configure") && !mailWorksWith(found.mail) && mail,
    !found.factor && { ...factor, instead: `bare-${me}` },
    found.administrators < 2 && opens(ctx, "user.update") && { ...second(found.role), instead: `only-${me}` },
  ].filter((step) => step !== false);
  return steps.length > 0 ? { steps, mayDismiss: opens(ctx, "setting.update") } : null;
}

const colleague: Step = {
  key: "colleague",
  title: "Create a user for a colleague",
  hint: "They get an invitation and set their own password.",
  action: { label: "Create user", href: "/admin/users/new" },
};

const mail: Step = {
  key: "mail",
  title: "Set up mail",
  hint: "Until then, you pass on invitation and password links yourself.",
  action: { label: "Set up mail", href: "/admin/settings/mail" },
  instead: "mail",
};

const factor: Step = {
  key: "factor",
  title: "Add a second factor to your account",
  hint: "Your account can do everything, so protect it with more than a password.",
  action: { label: "Add second factor", href: "/account/security" },
};

const second = (role: string): Step => ({
  key: "administrator",
  title: "Add a second administrator",
  hint: "If you lose your account, they can help. The role Admin makes somebody an administrator.",
  action: { label: "Add administrator", href: `${rolesPath}/${role}#${assignRoleId}` },
});
