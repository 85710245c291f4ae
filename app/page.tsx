import { redirect } from "next/navigation";
import { requireSignedIn } from "@/lib/auth/current";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { operationKeys } from "@/lib/operations";

export default async function Page() {
  const ctx = await requireSignedIn();
  redirect(operationKeys.some((operation) => holdsBeyondSelf(ctx.actor.access, operation)) ? "/admin" : "/account");
}
