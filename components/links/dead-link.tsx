import type { ReactNode } from "react";
import { BarePage } from "@/components/auth/bare-page";
import { Statement } from "@/components/auth/statement";
import { DemoBanner } from "@/components/shell/demo-banner";
import { LinkButton } from "@/components/ui/button";

interface DeadLinkProps {
  /** What gives a new one. */
  children: ReactNode;
  actions: ReactNode;
}

/** One page for every link that does not work, whatever the cause: what may have happened, and what to do next. */
export function DeadLink({ children, actions }: DeadLinkProps) {
  return (
    <BarePage banner={<DemoBanner />}>
      <Statement
        icon={<path d="M9 17H7A5 5 0 0 1 7 7m8 0h2a5 5 0 0 1 4 8M8 12h4M2 2l20 20" />}
        title="This link does not work"
        actions={
          <>
            {actions}
            <LinkButton href="/sign-in">Sign in</LinkButton>
          </>
        }
      >
        It was already used, replaced or revoked, it expired, or the person who sent it may no longer manage this
        account. {children}
      </Statement>
    </BarePage>
  );
}
