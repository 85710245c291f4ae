"use client";
import { useState } from "react";
import { LateActionButton } from "@/components/form/late-action-button";
import { late } from "@/components/ui/late";
import { SpriteIcon } from "@/components/ui/sprite-icon";

const fetchHandler = () => import("@/components/mail/test-handler");
const TestHandler = late(() => fetchHandler().then((module) => module.TestHandler));

/** Sends a real mail to the person and says how it went. */
export function TestButton({ reason }: { reason: string | undefined }) {
  const [sentence, say] = useState("");
  return (
    <>
      <span role="status" className="max-w-[420px] text-xs text-muted">
        {sentence}
      </span>
      <LateActionButton
        size="s"
        reason={reason}
        fetchHandler={fetchHandler}
        handler={(pressed) => <TestHandler pressed={pressed} say={say} />}
      >
        <SpriteIcon name="send" />
        Send me a test
      </LateActionButton>
    </>
  );
}
