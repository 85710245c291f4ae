import { BarePage, NoAccess } from "@/components/auth/refusals";
import { DemoBanner } from "@/components/shell/demo-banner";

export default function Forbidden() {
  return (
    <BarePage banner={<DemoBanner />}>
      <NoAccess />
    </BarePage>
  );
}
