import type { Metadata } from "next";
import { ApiReference } from "@/components/api-reference/api-reference";
import { referenceFor } from "@/lib/api/reference";
import { requireOwnAccount } from "@/lib/auth/current";
import { publicUrl } from "@/lib/platform/env";

export const metadata: Metadata = { title: "API reference" };

export default async function ApiReferencePage() {
  const ctx = await requireOwnAccount();
  const { origin } = publicUrl();
  return <ApiReference reference={referenceFor(ctx.actor.access, origin)} origin={origin} />;
}
