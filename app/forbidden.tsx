import { BarePage } from "@/components/auth/bare-page";
import { NoAccess } from "@/components/auth/no-access";
import { DemoBanner } from "@/components/shell/demo-banner";

export default function Forbidden() {
  return (
    <BarePage banner={<DemoBanner />}>
      <NoAccess />
    </BarePage>
  );
}
