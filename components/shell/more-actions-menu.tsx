"use client";
import { useRowMenu } from "@/components/list/use-row-menu";
import type { PressedButton } from "@/components/ui/fetch-menus";
import { MenuItem, OpenMenu } from "@/components/ui/menu";
import type { SecondaryAction } from "./more-actions";

export function MoreActionsMenu({ pressed, actions }: { pressed: PressedButton; actions: SecondaryAction[] }) {
  const menu = useRowMenu(pressed, () => {});
  return (
    <OpenMenu menu={menu}>
      {actions.map(({ href, label, icon, reason }) => (
        <MenuItem key={href} href={href} icon={icon} reason={reason}>
          {label}
        </MenuItem>
      ))}
    </OpenMenu>
  );
}
