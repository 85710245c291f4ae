"use client";
import { FileQuestionMark } from "lucide-react";
import { Statement } from "@/components/auth/statement";
import { LinkButton } from "@/components/ui/button";

/** The same words for what is not there and what one may not see (R11). */
export function NothingHere() {
  return (
    <Statement
      icon={FileQuestionMark}
      title="There is nothing here"
      actions={
        <LinkButton href="/" variant="primary">
          Home
        </LinkButton>
      }
    >
      This page does not exist, or is outside what you may see.
    </Statement>
  );
}
