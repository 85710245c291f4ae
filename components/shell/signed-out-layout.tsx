import { headers } from "next/headers";
import type { ReactNode } from "react";
import { OtherAddress } from "@/components/auth/other-address";
import { DemoBanner } from "@/components/shell/demo-banner";
import { Emblem } from "@/components/ui/emblem";
import { Brand } from "@/components/ui/logo";
import { openedHost } from "@/lib/http/origin";
import { publicUrl } from "@/lib/platform/env";

interface SignedOutLayoutProps {
  title: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
  /** Small print at the bottom, beside the host. */
  foot?: ReactNode;
}

/** Sign-in, setup, invitations: the form at the left, the gate at the right; the configured address on each. */
export async function SignedOutLayout({ title, lead, children, foot }: SignedOutLayoutProps) {
  const address = publicUrl();
  return (
    <div className="flex min-h-dvh flex-col">
      <DemoBanner />
      <div className="grid flex-1 grid-cols-2 max-s:grid-cols-1">
        <main className="flex min-w-0 flex-col bg-surface px-8 py-7 max-s:px-5 max-s:pt-5 max-s:pb-6">
          <Brand />
          <div className="m-auto w-full max-w-[356px] py-6 wrap-break-word max-s:py-4">
            <h1 className="mb-1 text-2xl font-semibold">{title}</h1>
            {lead && <p className="text-muted">{lead}</p>}
            <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-4">
              <OtherAddress opened={openedHost(await headers())} configured={address} />
              {children}
            </div>
          </div>
          <footer className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
            <span>{address.host}</span>
            {foot}
          </footer>
        </main>
        <div aria-hidden className="relative overflow-hidden border-l border-line bg-canvas max-s:hidden">
          <Emblem className="absolute inset-0 size-full" />
        </div>
      </div>
    </div>
  );
}
