import { BarePage, NothingHere } from "@/components/auth/refusals";
import { DemoBanner } from "@/components/shell/demo-banner";

export default function NotFound() {
  return (
    <BarePage banner={<DemoBanner />}>
      <NothingHere />
    </BarePage>
  );
}
