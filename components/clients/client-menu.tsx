"use client";
import { type RefObject, useRef, useState } from "react";
import { isOffered } from "@/components/clients/client-offers";
import { OfRow } from "@/components/list/kept-rows";
import { useRowMenu } from "@/components/list/use-row-menu";
import type { PressedButton } from "@/components/ui/fetch-menus";
import { late } from "@/components/ui/late";
import { MenuItem, OpenMenu } from "@/components/ui/menu";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import type { Decision } from "@/lib/authz/decision";
import { mayDelete } from "@/lib/clients/policy";
import type { ClientAbilities, ClientRow } from "@/lib/clients/queries";

// Fetched when they are asked for: a form and its schema are larger than all the rest of a list.
const RenameDialog = late(() => import("@/components/clients/rename-dialog").then((module) => module.RenameDialog));
const DeleteDialog = late(() => import("@/components/clients/delete-dialog").then((module) => module.DeleteDialog));

type ClientQuestion = "rename" | "delete" | null;

interface OfferedClient {
  client: Pick<ClientRow, "id" | "name" | "status">;
  abilities: Pick<ClientAbilities, "rename" | "delete">;
}

/** "More actions" of a client (C15), one for all rows; what the viewer may never do here is left out. */
export function ClientMenu({ pressed, client, abilities }: OfferedClient & { pressed: PressedButton }) {
  const [asking, setAsking] = useState<ClientQuestion>(null);
  const opener = useRef(pressed.button);
  const menu = useRowMenu(pressed, () => {
    opener.current = pressed.button;
  });
  return (
    <OfRow id={client.id}>
      <OpenMenu menu={menu}>
        <Items client={client} abilities={abilities} ask={setAsking} />
      </OpenMenu>
      <Dialogs client={client} asking={asking} onClose={() => setAsking(null)} opener={opener} />
    </OfRow>
  );
}

function Items({ client, abilities, ask }: OfferedClient & { ask: (question: ClientQuestion) => void }) {
  const deletes = abilities.delete.ok ? mayDelete(client) : abilities.delete;
  return (
    <>
      {isOffered(abilities.rename) && (
        <MenuItem
          icon={<SpriteIcon name="pencil" />}
          reason={reasonOf(abilities.rename)}
          onSelect={() => ask("rename")}
        >
          Rename
        </MenuItem>
      )}
      {isOffered(abilities.delete) && (
        <MenuItem icon={<SpriteIcon name="trash" />} danger reason={reasonOf(deletes)} onSelect={() => ask("delete")}>
          Delete
        </MenuItem>
      )}
    </>
  );
}

type DialogsProps = Pick<OfferedClient, "client"> & {
  asking: ClientQuestion;
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
};

function Dialogs({ client, asking, onClose, opener }: DialogsProps) {
  if (asking === "rename") return <RenameDialog client={client} onClose={onClose} opener={opener} />;
  return asking === "delete" && <DeleteDialog client={client} onClose={onClose} opener={opener} />;
}

const reasonOf = (decision: Decision) => (decision.ok ? undefined : decision.reason);
