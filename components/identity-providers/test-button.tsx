"use client";
import { FlaskConical } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import { hearTests } from "@/components/identity-providers/test-channel";
import { startTestAction } from "@/lib/sign-in/actions";

type TestButtonProps = { id: string; reason: string | undefined };

/** Signs in at the provider in a window of its own, whose end this page hears of. */
export function TestButton({ id, reason }: TestButtonProps) {
  const router = useRouter();
  const [begun, setBegun] = useState(false);
  const [blocked, setBlocked] = useState<string | null>(null);

  useEffect(() => (begun ? hearTests(id, () => router.refresh()) : undefined), [begun, id, router]);

  function open({ url }: { url: string }) {
    const opened = window.open(url, "_blank");
    // What the provider shows has no business with this page.
    if (opened) opened.opener = null;
    setBegun(true);
    setBlocked(opened ? null : url);
  }

  return (
    <>
      <ActionButton action={startTestAction} input={{ id }} reason={reason} showReason onSuccess={open}>
        <FlaskConical aria-hidden />
        Test
      </ActionButton>
      {blocked && (
        <span role="status" className="text-xs text-muted">
          The browser did not open a window.{" "}
          <a href={blocked} target="_blank" rel="noreferrer" className="link">
            Open the test
          </a>
        </span>
      )}
    </>
  );
}
