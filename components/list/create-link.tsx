import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";

/** Begins what the page creates, also by "c" (N2). */
export function CreateLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <LinkButton variant="primary" data-creates="" href={href}>
      <Plus aria-hidden />
      {children}
    </LinkButton>
  );
}
