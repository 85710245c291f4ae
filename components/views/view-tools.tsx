"use client";
import { Bookmark, Ellipsis, Pencil, Plus, Share2, Trash2, UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { toast } from "@/components/ui/toaster";
import { withQuery } from "@/lib/lists/search-params";
import { updateViewAction } from "@/lib/views/actions";
import type { OpenViews } from "@/lib/views/open";

// Fetched when they are asked for: a form and its schema are larger than all the rest of a list.
const SaveDialog = late(() => import("./save-dialog").then((module) => module.SaveDialog));
const RenameDialog = late(() => import("./rename-dialog").then((module) => module.RenameDialog));
const DeleteDialog = late(() => import("./delete-dialog").then((module) => module.DeleteDialog));

interface ViewToolsProps {
  /** The name of the list, and its address without a query. */
  list: string;
  path: string;
  views: Pick<OpenViews, "current" | "state" | "may">;
}

/** Saves the list as it is asked for, and changes the view from which it began (B5). */
export function ViewTools({ list, path, views: { current, state, may } }: ViewToolsProps) {
  const [asking, setAsking] = useState<"save" | "rename" | "delete" | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const router = useRouter();
  const close = () => setAsking(null);
  // The button that was pressed is another one in the view that comes.
  const opened = useRef(false);
  const currentId = current?.id;
  useEffect(() => {
    if (opened.current && currentId) opener.current?.focus();
    opened.current = false;
  }, [currentId]);
  const open = (id: string) => {
    opened.current = id !== currentId;
    router.push(withQuery(path, [["view", id]]), { scroll: false });
  };
  const { run: share } = useAction(updateViewAction, () =>
    toast.success(current?.shared ? `${current.name} is now private` : `${current?.name} is now shared with everybody`),
  );
  return (
    <div data-view-tools="" className="flex items-center gap-2 max-s:order-last">
      {current === null ? (
        <Button ref={opener} variant="tool" onClick={() => setAsking("save")}>
          <Bookmark aria-hidden />
          Save view
        </Button>
      ) : (
        <>
          {current.edited && current.may.save && (
            <ActionButton
              action={updateViewAction}
              input={{ id: current.id, query: state }}
              onSuccess={() => {
                toast.success(`${current.name} is saved`);
                open(current.id);
              }}
            >
              Save changes
            </ActionButton>
          )}
          <Menu>
            <MenuTrigger
              ref={opener}
              variant="tool"
              size="icon"
              aria-label="View actions"
              aria-description={current.name}
            >
              <Ellipsis aria-hidden />
            </MenuTrigger>
            <MenuContent>
              {may.save && (
                <MenuItem icon={<Plus aria-hidden />} onSelect={() => setAsking("save")}>
                  Save as new
                </MenuItem>
              )}
              {current.may.save && (
                <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setAsking("rename")}>
                  Rename
                </MenuItem>
              )}
              {may.share && (
                <MenuItem
                  icon={current.shared ? <UserRound aria-hidden /> : <Share2 aria-hidden />}
                  onSelect={() => void share({ id: current.id, shared: !current.shared })}
                >
                  {current.shared ? "Stop sharing" : "Share with everybody"}
                </MenuItem>
              )}
              {current.may.delete && (
                <>
                  <MenuSeparator />
                  <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => setAsking("delete")}>
                    Delete
                  </MenuItem>
                </>
              )}
            </MenuContent>
          </Menu>
        </>
      )}
      {asking === "save" && (
        <SaveDialog list={list} state={state} mayShare={may.share} onSaved={open} onClose={close} opener={opener} />
      )}
      {asking === "rename" && current && <RenameDialog view={current} onClose={close} opener={opener} />}
      {asking === "delete" && current && (
        <DeleteDialog
          view={current}
          onDeleted={() => router.push(path, { scroll: false })}
          onClose={close}
          opener={opener}
        />
      )}
    </div>
  );
}
