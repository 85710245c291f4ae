import { BarePage, NoAccess } from "@/components/auth/refusals";
import { DemoBanner } from "@/components/shell/demo-banner";
import { ViewBanner } from "@/components/shell/view-banner";
import { currentView } from "@/lib/shell/shell-data";

export default async function Forbidden() {
  const view = await currentView();
  return (
    <BarePage
      banner={
        <>
          <DemoBanner />
          <ViewBanner view={view} />
        </>
      }
    >
      <NoAccess />
    </BarePage>
  );
}
