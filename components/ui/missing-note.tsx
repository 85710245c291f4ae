"use client";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { hearMissing } from "./missing";
import { Note } from "./note";

/** Says that a part of the page could not be fetched. It fetches nothing itself. */
export function MissingNote() {
  const [told, setTold] = useState(0);
  useEffect(() => hearMissing(() => setTold((times) => times + 1)), []);
  if (told === 0) return null;
  return (
    <div
      data-print="hide"
      className="fixed right-4 bottom-4 left-4 z-60 ml-auto max-w-[440px] rounded-md bg-raised shadow-lift-2"
    >
      <Note
        key={told}
        role="alert"
        tone="warning"
        title="This part of the page could not be loaded."
        actions={<Button onClick={() => location.reload()}>Reload</Button>}
      >
        Gatehouse may have been updated. Reload the page to continue.
      </Note>
    </div>
  );
}
