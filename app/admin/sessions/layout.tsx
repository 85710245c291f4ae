import type { ReactNode } from "react";
import { ManagementTabs } from "@/components/sessions/management-tabs";
import { PageHeader } from "@/components/shell/page-header";
import { requireOperation } from "@/lib/auth/current";
import { sessionTabs } from "@/lib/sessions/tabs";

export default async function SessionsLayout({ children }: { children: ReactNode }) {
  const ctx = await requireOperation("session.read", "client.read", "user.read");
  return (
    <>
      <PageHeader title="Session Management" />
      <ManagementTabs open={sessionTabs(ctx)} />
      {children}
    </>
  );
}
