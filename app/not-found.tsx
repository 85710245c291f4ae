import { BarePage } from "@/components/auth/bare-page";
import { NothingHere } from "@/components/auth/nothing-here";

export default function NotFound() {
  return (
    <BarePage>
      <NothingHere />
    </BarePage>
  );
}
