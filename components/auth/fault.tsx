"use client";
import { Statement } from "@/components/auth/statement";
import { Button, LinkButton } from "@/components/ui/button";

export interface FaultProps {
  error: unknown;
  retry: () => void;
}

/** What failed, a reference that is in the server's log too, and what to do next. */
export function Fault({ error, retry }: FaultProps) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <div role="alert">
      <Statement
        icon={
          <>
            <circle cx="12" cy="12" r="10" />
            <path d="M12 8v4M12 16h.01" />
          </>
        }
        title="This page could not be shown"
        actions={
          <>
            <Button variant="primary" onClick={retry}>
              Try again
            </Button>
            <LinkButton href="/">Home</LinkButton>
          </>
        }
      >
        Something went wrong while loading this page. Nothing was changed.
        {digest && (
          <>
            {" "}
            Reference <span className="font-mono">{digest}</span>.
          </>
        )}
      </Statement>
    </div>
  );
}
