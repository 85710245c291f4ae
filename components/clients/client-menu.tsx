"use client";
import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { late } from "@/components/ui/late";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import type { Decision } from "@/lib/authz/decision";
import { mayDelete } from "@/lib/clients/policy";
import type { ClientAbilities, ClientRow } from "@/lib/clients/queries";

// Fetched when they are asked for: a form and its schema weigh more than all the rest of a list.
const RenameDialog = late(() => import("@/components/clients/rename-dialog").then((module) => module.RenameDialog));
const DeleteDialog = late(() => import("@/components/clients/delete-dialog").then((module) => module.DeleteDialog));

interface ClientMenuProps {
  client: Pick<ClientRow, "id" | "name" | "status">;
  abilities: Pick<ClientAbilities, "rename" | "delete">;
}

/** "More actions" of a client (C15); what the viewer may never do here is left out, and without anything left so is the menu. */
export function ClientMenu({ client, abilities }: ClientMenuProps) {
  const [asking, setAsking] = useState<"rename" | "delete" | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const close = () => setAsking(null);
  if (!isOffered(abilities.rename) && !isOffered(abilities.delete)) return null;
  const deletes = abilities.delete.ok ? mayDelete(client) : abilities.delete;
  return (
    <>
      <Menu>
        <MenuTrigger
          ref={trigger}
          variant="quiet"
          size="icon-s"
          aria-label="More actions"
          aria-description={client.name}
        >
          <Ellipsis aria-hidden />
        </MenuTrigger>
        <MenuContent>
          {isOffered(abilities.rename) && (
            <MenuItem
              icon={<Pencil aria-hidden />}
              reason={reasonOf(abilities.rename)}
              onSelect={() => setAsking("rename")}
            >
              Rename
            </MenuItem>
          )}
          {isOffered(abilities.delete) && (
            <MenuItem
              icon={<Trash2 aria-hidden />}
              danger
              reason={reasonOf(deletes)}
              onSelect={() => setAsking("delete")}
            >
              Delete
            </MenuItem>
          )}
        </MenuContent>
      </Menu>
      {asking === "rename" && <RenameDialog client={client} onClose={close} opener={trigger} />}
      {asking === "delete" && <DeleteDialog client={client} onClose={close} opener={trigger} />}
    </>
  );
}

const isOffered = (decision: Decision) => decision.ok || decision.code === "precondition";
const reasonOf = (decision: Decision) => (decision.ok ? undefined : decision.reason);
