import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { SpriteIcon } from "@/components/ui/sprite-icon";

/** Begins what the page creates, also by "c" (N2). */
export function CreateLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <LinkButton variant="primary" data-creates="" href={href}>
      <SpriteIcon name="plus" />
      {children}
    </LinkButton>
  );
}
