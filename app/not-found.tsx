import { BarePage, NothingHere } from "@/components/auth/refusals";
import { Console } from "@/components/shell/console";
import { DemoBanner } from "@/components/shell/demo-banner";
import { signedInCtx } from "@/lib/auth/current";
import { shellData } from "@/lib/shell/shell-data";

/** For an address that no page has. Signed-in people keep the navigation. */
export default async function NotFound() {
  const ctx = await signedInCtx();
  if (!ctx)
    return (
      <BarePage banner={<DemoBanner />}>
        <NothingHere />
      </BarePage>
    );
  return (
    <Console {...(await shellData(ctx))}>
      <NothingHere />
    </Console>
  );
}
