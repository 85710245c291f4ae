import { NothingHere } from "@/components/auth/refusals";

export default function NotFound() {
  return <NothingHere />;
}
