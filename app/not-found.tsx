import { BarePage } from "@/components/auth/bare-page";
import { NothingHere } from "@/components/auth/nothing-here";
import { DemoBanner } from "@/components/shell/demo-banner";

export default function NotFound() {
  return (
    <BarePage banner={<DemoBanner />}>
      <NothingHere />
    </BarePage>
  );
}
