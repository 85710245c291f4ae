"use client";
import { type MouseEvent, useEffect, useRef } from "react";
import { Button, buttonLook } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";

/** Where somebody who is signed in already can sign out. */
const signInPath = "/sign-in?next=/account";

interface SignInAgainDialogProps {
  /** Who opened the page. */
  name: string;
  /** Who is signed in instead, if anybody. */
  somebodyElse: string | null;
  onClose: () => void;
}

/** Covers the form until its person is signed in again; what was typed stays underneath. */
export function SignInAgainDialog({ name, somebodyElse, onClose }: SignInAgainDialogProps) {
  const opened = useRef<Window | null>(null);

  useEffect(() => () => opened.current?.close(), []);

  /** A window that this page can close again. Where the browser opens none, the link opens a tab. */
  function open(event: MouseEvent) {
    opened.current = window.open(signInPath, "gatehouse-sign-in", "popup,width=480,height=760");
    if (opened.current) event.preventDefault();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="s"
        title="Sign in again to continue"
        description="Your session has ended. What you entered is kept, and this continues after you sign in."
      >
        <DialogBody>
          {somebodyElse ? (
            <Note tone="danger" role="alert" title={`${somebodyElse} is signed in now.`}>
              Only {name} can continue here. Sign out in the other window, then sign in as {name}.
            </Note>
          ) : (
            <p className="text-ui text-ink-2">Signing in opens another window. Sign in there as {name}.</p>
          )}
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <a
            href={signInPath}
            target="_blank"
            rel="noopener opener"
            onClick={open}
            className={buttonLook({ variant: "primary" })}
          >
            {somebodyElse ? "Open the other window" : "Sign in"}
          </a>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
