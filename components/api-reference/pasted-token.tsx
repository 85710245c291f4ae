"use client";
import { createContext, type ReactNode, useContext, useId, useState } from "react";
import { Input } from "@/components/ui/input";
import { Panel, PanelBody } from "@/components/ui/panel";

const TokenContext = createContext("");

/** The token that the reader has pasted, or nothing. */
export const usePastedToken = () => useContext(TokenContext);

/** Keeps a pasted token in the memory of this page alone: it is gone with the page, and is sent to this server's own addresses only. */
export function PastedToken({ children }: { children: ReactNode }) {
  const [token, setToken] = useState("");
  const id = useId();
  return (
    <TokenContext value={token.trim()}>
      <Panel aria-label="Try it">
        <PanelBody className="gap-1.5! pt-3!">
          <label htmlFor={id} className="text-ui font-medium">
            Access token to try it with
          </label>
          <Input
            id={id}
            type="password"
            value={token}
            onChange={(event) => setToken(event.target.value)}
            aria-describedby={`${id}-hint`}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder="gh_pat_…"
            className="max-w-[460px] font-mono"
          />
          <p id={`${id}-hint`} className="max-w-[68ch] text-xs text-muted">
            It is kept only in this page's memory and sent only to this server. Writes are dry runs unless you choose
            otherwise.
          </p>
          <noscript>
            <p className="text-xs text-muted">Trying an address needs JavaScript; reading does not.</p>
          </noscript>
        </PanelBody>
      </Panel>
      {children}
    </TokenContext>
  );
}
