"use client";
import type { ReactNode } from "react";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { SpriteIcon } from "@/components/ui/sprite-icon";

export interface SecondaryAction {
  href: string;
  label: string;
  icon?: ReactNode;
  reason?: string | undefined;
}

/** The links of a page's head on phones. */
export function MoreActions({ actions }: { actions: SecondaryAction[] }) {
  return (
    <Menu>
      <MenuTrigger variant="quiet" size="icon" aria-label="More actions" className="s:hidden">
        <SpriteIcon name="ellipsis" />
      </MenuTrigger>
      <MenuContent>
        {actions.map(({ href, label, icon, reason }) => (
          <MenuItem key={href} href={href} icon={icon} reason={reason}>
            {label}
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
}
