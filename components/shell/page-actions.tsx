import type { ReactNode } from "react";
import { AboveReason } from "@/components/ui/above-reason";
import { LinkButton } from "@/components/ui/button";
import { MoreActions, type SecondaryAction } from "./more-actions";

type PageActionsProps = {
  /** Links, at most two; on phones they move into "More actions". */
  secondary: SecondaryAction[];
  /** The one primary button. */
  children: ReactNode;
};

/** What can be done on a page beside its one primary button. */
export function PageActions({ secondary, children }: PageActionsProps) {
  return (
    <>
      {secondary.map(({ href, label, icon, reason }) => (
        <AboveReason key={href} className="max-s:hidden">
          <LinkButton href={href} showReason reason={reason}>
            {icon}
            {label}
          </LinkButton>
        </AboveReason>
      ))}
      {children}
      {secondary.length > 0 && <MoreActions actions={secondary} />}
    </>
  );
}
