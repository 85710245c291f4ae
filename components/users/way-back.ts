import { toastWithUndo, type Undo } from "@/components/form/undo-toast";
import { answerOf } from "@/components/ui/answer-of";
import { waitFor } from "@/components/ui/waiting";
import { archiveUserAction, enableUserAction, getWayBackAction, restoreUserAction } from "@/lib/users/actions";
import type { WayBack } from "@/lib/users/undo";

type Done = Parameters<typeof getWayBackAction>[0];

const stays = "Ended sessions, tokens, links and clients stay ended.";

const undoOf: Record<Done["done"], (name: string, back: WayBack) => Omit<Undo, "about">> = {
  disable: (name, back) => ({
    what: `disable ${name}`,
    run: () => enableUserAction(back),
    done: `${name} is enabled again`,
    stays: "Ended sessions, tokens and links stay ended.",
  }),
  archive: (name, back) => ({
    what: `remove ${name}`,
    run: () => restoreUserAction(back),
    done: `${name} is restored. Set a password under "User Details".`,
    stays: `${stays} The password is gone.`,
  }),
  restore: (name, back) => ({
    what: `restore ${name}`,
    run: () => archiveUserAction({ ...back, owners: [], managerId: null }),
    done: `${name} is archived again`,
  }),
};

/** Asks whether what was just done to somebody can be undone, and how. Null where it cannot; it never throws. */
export async function wayBack(name: string, done: Done): Promise<Undo | null> {
  const back = await waitFor(answerOf(getWayBackAction(done))).catch(() => null);
  return back && { about: done.id, ...undoOf[done.done](name, back) };
}

/** For a receipt that is closed: says again what was done, if it can be undone. */
export async function offerWayBack(words: string, asked: Promise<Undo | null>): Promise<void> {
  const undo = await asked;
  if (undo) toastWithUndo(words, undo);
}
