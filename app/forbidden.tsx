import { BarePage } from "@/components/auth/bare-page";
import { NoAccess } from "@/components/auth/no-access";

export default function Forbidden() {
  return (
    <BarePage>
      <NoAccess />
    </BarePage>
  );
}
