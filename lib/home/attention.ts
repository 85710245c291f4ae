import type { Ctx, Person } from "@/lib/context";
import { lostMail } from "@/lib/home/attention-access";
import { awaiting, copied, stale } from "@/lib/home/attention-clients";
import { groupsWithOddEnds, peopleWithOddEnds } from "@/lib/home/attention-ends";
import { leftAccounts, leftGroups, leftManagers, leftResources } from "@/lib/home/attention-left";
import { mailIsMissing } from "@/lib/home/attention-mail";
import { clientsWithOldKeys, groupsWithOldKeys, peopleWithOldKeys } from "@/lib/home/attention-names";
import { invited, locked, weakAdministrators, withoutWayIn } from "@/lib/home/attention-people";
import { providersAtFault } from "@/lib/home/attention-providers";
import type { Attention } from "@/lib/home/attention-words";
import { opens } from "@/lib/home/queries";
import { askingTogether } from "@/lib/platform/together";

const tones: Attention["tone"][] = ["danger", "warning", "accent"];

/** What somebody should look at, as far as the actor may see it; what is decided for each line is read for all of them. Null for those whom none of it could concern. */
export async function needsAttention(asked: Ctx<Person>): Promise<Attention[] | null> {
  const at = asked.now();
  const ctx = { ...asked, db: askingTogether(asked.db), now: () => at };
  const people = opens(ctx, "user.read");
  const machines = opens(ctx, "client.read");
  const groups = opens(ctx, "group.read");
  const resources = opens(ctx, "resource.read");
  const providers = opens(ctx, "identity_provider.read");
  if (!people && !machines && !groups && !resources && !providers) return null;
  const found = await Promise.all([
    machines ? copied(ctx) : [],
    people ? locked(ctx) : [],
    people ? weakAdministrators(ctx) : [],
    people ? withoutWayIn(ctx) : [],
    people ? leftManagers(ctx) : [],
    groups ? leftGroups(ctx) : [],
    people ? leftAccounts(ctx) : [],
    resources ? leftResources(ctx) : [],
    mailIsMissing(ctx),
    people ? lostMail(ctx) : [],
    machines ? awaiting(ctx) : [],
    people ? invited(ctx) : [],
    machines ? stale(ctx) : [],
    people ? peopleWithOldKeys(ctx) : [],
    groups ? groupsWithOldKeys(ctx) : [],
    machines ? clientsWithOldKeys(ctx) : [],
    people ? peopleWithOddEnds(ctx) : [],
    groups ? groupsWithOddEnds(ctx) : [],
    providers ? providersAtFault(ctx) : [],
  ]);
  return found.flat().toSorted((a, b) => tones.indexOf(a.tone) - tones.indexOf(b.tone));
}
