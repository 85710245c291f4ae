"use client";
import { useRef, useState } from "react";
import { OfRow } from "@/components/list/kept-rows";
import { useRowMenu } from "@/components/list/use-row-menu";
import type { PressedButton } from "@/components/ui/fetch-menus";
import { late } from "@/components/ui/late";
import { MenuItem, OpenMenu } from "@/components/ui/menu";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import type { ListedResource } from "@/lib/resources/list";

// Fetched when they are asked for: a form and its schema are larger than all the rest of a list.
const OwnerDialog = late(() => import("@/components/resources/owner-dialog").then((module) => module.OwnerDialog));
const DeleteDialog = late(() => import("@/components/resources/delete-dialog").then((module) => module.DeleteDialog));

/** "More actions" of a resource; what the viewer may not do here is left out. */
export function ResourceMenu({ pressed, resource }: { pressed: PressedButton; resource: ListedResource }) {
  const [asking, setAsking] = useState<"owner" | "delete" | null>(null);
  const opener = useRef(pressed.button);
  const menu = useRowMenu(pressed, () => {
    opener.current = pressed.button;
  });
  const close = () => setAsking(null);
  const { abilities } = resource;
  return (
    <OfRow id={resource.id}>
      <OpenMenu menu={menu}>
        {abilities.update.ok && (
          <MenuItem icon={<SpriteIcon name="user-round" />} onSelect={() => setAsking("owner")}>
            Change owner
          </MenuItem>
        )}
        {abilities.delete.ok && (
          <MenuItem icon={<SpriteIcon name="trash" />} danger onSelect={() => setAsking("delete")}>
            Delete
          </MenuItem>
        )}
      </OpenMenu>
      {asking === "owner" && <OwnerDialog resource={resource} onClose={close} opener={opener} />}
      {asking === "delete" && <DeleteDialog resource={resource} onClose={close} opener={opener} />}
    </OfRow>
  );
}
