import { NoAccess } from "@/components/auth/no-access";

export default function Forbidden() {
  return <NoAccess />;
}
