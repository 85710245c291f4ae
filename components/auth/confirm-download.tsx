"use client";
import { useState } from "react";
import { ProofForm } from "@/components/auth/proof-form";
import { buttonLook } from "@/components/ui/button";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";

/** Asks for a fresh proof, then begins the download. `href`: a path of ours that answers with a file. */
export function ConfirmDownload({ href }: { href: string }) {
  const [proved, setProved] = useState(false);
  return (
    <Panel aria-labelledby="confirm" className="max-w-[440px]">
      <PanelHead title="Confirm it's you" titleId="confirm" />
      {proved ? (
        <PanelBody className="text-ui text-ink-2">
          <p role="status">Confirmed. Your download is starting.</p>
          <p>
            <a href={href} rel="external" className={buttonLook()}>
              Download again
            </a>
          </p>
        </PanelBody>
      ) : (
        <>
          <PanelBody className="text-ui text-ink-2">
            Confirm your identity to download. You won't be asked again for ten minutes.
          </PanelBody>
          <ProofForm
            onProved={() => {
              setProved(true);
              window.location.assign(href);
            }}
          />
        </>
      )}
    </Panel>
  );
}
