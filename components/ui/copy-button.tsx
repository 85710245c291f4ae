"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonProps } from "./button";

type CopyButtonProps = Omit<ButtonProps, "children" | "onClick" | "value"> & {
  /** What is copied. */
  value: string;
  /** Shown beside the icon; without it the button is an icon named "Copy". */
  label?: string;
  onCopied?: () => void;
  /** The browser did not allow it, as on an address that is not https or localhost. */
  onRefused?: () => void;
};

export function CopyButton({ value, label, onCopied, onRefused, ...rest }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);

  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome("copied");
      onCopied?.();
    } catch {
      setOutcome("refused");
      onRefused?.();
    }
  }

  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <Button
      size={label ? "default" : "icon-s"}
      variant={label ? "default" : "quiet"}
      aria-label={label ? undefined : "Copy"}
      {...rest}
      onClick={copy}
    >
      <Icon aria-hidden />
      {label && (outcome === "copied" ? "Copied" : label)}
      <span role="status" className="sr-only">
        {outcome === "copied" && "Copied"}
        {outcome === "refused" && "The browser did not allow copying. Select the text and copy it."}
      </span>
    </Button>
  );
}
