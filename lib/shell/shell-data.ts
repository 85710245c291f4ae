import { cache } from "react";
import { knownForm } from "@/lib/account/date-forms";
import { currentSession, signedInCtx } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import type { Ctx, Person } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";
import { pictureAddress } from "@/lib/platform/picture-address";
import { openScreens } from "@/lib/shell/navigation";
import { clockOf } from "@/lib/time/zone-offset";

/** As whom the page is shown, if not as the signed-in person. `left`: the time left, in milliseconds. */
export type ShownView = { key: string; name: string; left: number };

function shownView({ actor, now }: Ctx<Person>): ShownView | null {
  if (!actor.viewing) return null;
  const { personId, name, until } = actor.viewing;
  return { key: `${personId} ${until.toISOString()}`, name, left: Math.max(0, until.getTime() - now().getTime()) };
}

/** The same for pages without the frame, for any visitor. */
export async function currentView(): Promise<ShownView | null> {
  const ctx = await signedInCtx();
  return ctx && shownView(ctx);
}

/**
 * What surrounds every page behind sign-in: who is signed in, which screens they may open, and what applies everywhere. Once for each
 * request: the page for an address that is not there, which every page brings along, has the same frame, and travels as a reference to it.
 */
export const shellData = cache(async (ctx: Ctx<Person>) => {
  const session = await currentSession();
  const { access, id } = ctx.actor;
  return {
    screens: openScreens(access),
    view: shownView(ctx),
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
});
