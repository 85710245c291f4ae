"use client";
import { useEffect } from "react";
import { tellConfirmed } from "@/components/auth/confirm-channel";
import { Note } from "@/components/ui/note";

/** Notifies the window that asked, which continues by itself, and closes this one where the browser allows it. */
export function Confirmed() {
  useEffect(() => {
    tellConfirmed();
    window.close();
  }, []);
  return (
    <Note tone="accent" role="status" title="Identity confirmed">
      You can close this window. The other window continues automatically.
    </Note>
  );
}
