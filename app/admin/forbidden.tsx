import { NoAccess } from "@/components/auth/refusals";

export default function Forbidden() {
  return <NoAccess />;
}
