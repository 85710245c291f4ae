import { NothingHere } from "@/components/auth/nothing-here";

export default function NotFound() {
  return <NothingHere />;
}
