import { knownForm } from "@/lib/account/date-forms";
import { currentSession } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Ctx, Person } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";
import { operationKeys } from "@/lib/operations";
import { pictureAddress } from "@/lib/people/picture-address";
import { screensFor } from "@/lib/shell/navigation";
import { clockOf } from "@/lib/time/zone-offset";

/** What stands around every page behind sign-in: who is here, which screens they may open, and what holds everywhere. */
export async function shellData(ctx: Ctx<Person>) {
  const session = await currentSession();
  const { access, id } = ctx.actor;
  const holdsAny = operationKeys.some((operation) => holdsBeyondSelf(access, operation));
  return {
    screens: screensFor(access, holdsAny),
    me: {
      id,
      name: session ? fullName(session.user) : "",
      username: session?.user.username ?? "",
      picture: pictureAddress(id, session?.user.pictureTag ?? null),
    },
    clock: clockOf(await currentZone(), ctx.now()),
    form: knownForm(session?.user.locale ?? null),
  };
}
