"use client";
import { Download, Eye, EyeOff } from "lucide-react";
import { type RefObject, useId, useState } from "react";
import { tokenFile } from "@/components/tokens/token-file";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { IssuedToken } from "@/lib/clients/token";

interface TokenSecretProps {
  issued: Pick<IssuedToken, "name" | "token">;
  label: string;
  copyRef: RefObject<HTMLButtonElement | null>;
  hint: string;
}

const joined = "h-auto! rounded-none! border-0! border-l! border-line! -outline-offset-2";

/** The token, masked until somebody asks to see it. While masked it is not in the document. */
export function TokenSecret({ issued: { name, token }, label, copyRef, hint }: TokenSecretProps) {
  const [shown, setShown] = useState(false);
  const id = useId();
  const prefix = token.slice(0, token.lastIndexOf("_") + 1);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form where there is none
    <div role="group" aria-labelledby={id} className="grid gap-1.5">
      <span id={id} className="text-ui/[18px] font-medium">
        {label}
      </span>
      <div className="flex min-h-10 items-stretch overflow-hidden rounded-md border border-control bg-surface max-s:min-h-11">
        <code className="flex min-w-0 flex-1 items-center px-3 font-mono text-[13.5px] font-medium">
          {shown ? (
            <span className="py-1.5 break-all select-all">{token}</span>
          ) : (
            <>
              {prefix}
              <span aria-hidden className="min-w-0 overflow-hidden tracking-[0.06em] whitespace-nowrap text-muted">
                {"•".repeat(24)}
              </span>
              <span className="sr-only">hidden</span>
              {token.slice(-4)}
            </>
          )}
        </code>
        <Button
          variant="quiet"
          size="icon"
          className={joined}
          aria-label={shown ? "Hide" : "Show"}
          title={shown ? "Hide" : "Show"}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </Button>
        <CopyButton
          ref={copyRef}
          value={token}
          label="Copy"
          variant="quiet"
          className={joined}
          onRefused={() => setShown(true)}
        />
        <Button variant="quiet" className={joined} onClick={() => download(token, tokenFile(name))}>
          <Download aria-hidden className="max-s:mx-0" />
          <span className="max-s:sr-only">Download</span>
        </Button>
      </div>
      <p className="text-xs text-muted">{hint}</p>
    </div>
  );
}

/** A file made in the browser: the token goes nowhere else. */
function download(text: string, file: string) {
  const address = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
