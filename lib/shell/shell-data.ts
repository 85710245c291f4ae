import { knownForm } from "@/lib/account/date-forms";
import { currentSession } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import type { Ctx, Person } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";
import { pictureAddress } from "@/lib/people/picture-address";
import { openScreens } from "@/lib/shell/navigation";
import { clockOf } from "@/lib/time/zone-offset";

/** What stands around every page behind sign-in: who is here, which screens they may open, and what holds everywhere. */
export async function shellData(ctx: Ctx<Person>) {
  const session = await currentSession();
  const { access, id } = ctx.actor;
  return {
    screens: openScreens(access),
    me: {
      id,
      name: session ? fullName(session.user) : "",
      username: session?.user.username ?? "",
      picture: pictureAddress(id, session?.user.pictureTag ?? null),
    },
    clock: clockOf(await currentZone(), ctx.now()),
    form: knownForm(session?.user.locale ?? null),
    shortcuts: session?.user.shortcuts ?? true,
  };
}
