import { BarePage } from "@/components/auth/bare-page";
import { NothingHere } from "@/components/auth/nothing-here";
import { Console } from "@/components/shell/console";
import { DemoBanner } from "@/components/shell/demo-banner";
import { signedInCtx } from "@/lib/auth/current";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { shellData } from "@/lib/shell/shell-data";
import { searchPaletteAction } from "@/lib/users/actions";

/** For an address that no page has. Whoever is signed in keeps the way to everything else. */
export default async function NotFound() {
  const ctx = await signedInCtx();
  if (!ctx)
    return (
      <BarePage banner={<DemoBanner />}>
        <NothingHere />
      </BarePage>
    );
  return (
    <Console
      {...(await shellData(ctx))}
      search={holdsBeyondSelf(ctx.actor.access, "user.read") ? searchPaletteAction : undefined}
    >
      <NothingHere />
    </Console>
  );
}
