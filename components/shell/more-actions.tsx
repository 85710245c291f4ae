"use client";
import type { ReactNode } from "react";
import { late } from "@/components/ui/late";
import { LateMenuButton } from "@/components/ui/late-menu-button";
import { SpriteIcon } from "@/components/ui/sprite-icon";

export interface SecondaryAction {
  href: string;
  label: string;
  icon?: ReactNode;
  reason?: string | undefined;
}

const fetchMenu = () => import("./more-actions-menu");
const MoreActionsMenu = late(() => fetchMenu().then((module) => module.MoreActionsMenu));

/** The links of a page's head on phones. */
export function MoreActions({ actions }: { actions: SecondaryAction[] }) {
  return (
    <LateMenuButton
      id="more"
      variant="quiet"
      size="icon"
      aria-label="More actions"
      className="s:hidden"
      fetchMenu={fetchMenu}
      menu={(pressed) => <MoreActionsMenu pressed={pressed} actions={actions} />}
    >
      <SpriteIcon name="ellipsis" />
    </LateMenuButton>
  );
}
