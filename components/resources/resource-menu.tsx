"use client";
import { Ellipsis, Trash2, UserRound } from "lucide-react";
import { useRef, useState } from "react";
import { late } from "@/components/ui/late";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import type { ListedResource } from "@/lib/resources/list";

// Fetched when they are asked for: a form and its schema are larger than all the rest of a list.
const OwnerDialog = late(() => import("@/components/resources/owner-dialog").then((module) => module.OwnerDialog));
const DeleteDialog = late(() => import("@/components/resources/delete-dialog").then((module) => module.DeleteDialog));

/** "More actions" of a resource; what the viewer may not do here is left out, and without anything left so is the menu. */
export function ResourceMenu({ resource }: { resource: ListedResource }) {
  const [asking, setAsking] = useState<"owner" | "delete" | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const close = () => setAsking(null);
  const { abilities, name } = resource;
  if (!abilities.update.ok && !abilities.delete.ok) return null;
  return (
    <>
      <Menu>
        <MenuTrigger ref={trigger} variant="quiet" size="icon-s" aria-label="More actions" aria-description={name}>
          <Ellipsis aria-hidden />
        </MenuTrigger>
        <MenuContent>
          {abilities.update.ok && (
            <MenuItem icon={<UserRound aria-hidden />} onSelect={() => setAsking("owner")}>
              Change owner
            </MenuItem>
          )}
          {abilities.delete.ok && (
            <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => setAsking("delete")}>
              Delete
            </MenuItem>
          )}
        </MenuContent>
      </Menu>
      {asking === "owner" && <OwnerDialog resource={resource} onClose={close} opener={trigger} />}
      {asking === "delete" && <DeleteDialog resource={resource} onClose={close} opener={trigger} />}
    </>
  );
}
