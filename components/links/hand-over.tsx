"use client";
import { StoreDialog } from "@/components/links/store-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { useReading } from "@/components/ui/reading";
import { exactTime } from "@/components/ui/time";

/** `expiresAt`: when a link ends; null for a password. */
export type HandedLink = { secret: string; expiresAt: Date | null };

interface HandOverProps extends HandedLink {
  kind: "password" | "link";
  name: string;
  onStored: () => void;
  onCloseAutoFocus?: (event: Event) => void;
}

const words = {
  password: "It is shown only once, and Gatehouse stores only a hash. Give the password to the user yourself.",
  link: "Mail is not set up, so give the link to the user yourself. It is shown only once, works once, and a newer one replaces it.",
};

/** A generated password, or a link that no mail carries, shown this once; it closes when it is stored (U5). */
export function HandOver({ kind, name, secret, expiresAt, onStored, onCloseAutoFocus }: HandOverProps) {
  const { zone, form } = useReading();
  return (
    <StoreDialog
      title={`Store the ${kind} for ${name}`}
      description={words[kind]}
      stored="I have stored it"
      onStored={onStored}
      onCloseAutoFocus={onCloseAutoFocus}
    >
      <div className="flex items-center gap-2 rounded-md border border-control bg-surface py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 font-mono text-sm break-all">{secret}</code>
        <CopyButton value={secret} label="Copy" />
      </div>
      {expiresAt && <p className="text-xs text-muted">Expires {exactTime(expiresAt, zone, form)}.</p>}
    </StoreDialog>
  );
}
