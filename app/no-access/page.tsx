import { forbidden } from "next/navigation";
import { requireSignedIn } from "@/lib/auth/current";

/** Where middleware leads those who may open nothing in /admin: R12's page, with status 403. */
export default async function NoAccessPage() {
  await requireSignedIn();
  forbidden();
}
