"use client";
import { useEffect } from "react";

/**
 * Continues at a provider: by script, else by a refresh. No redirect, since the content security policy lets no form lead elsewhere,
 * not even by way of one.
 */
export function LeadOn({ url }: { url: string }) {
  useEffect(() => {
    window.location.assign(url);
  }, [url]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={`0;url=${url}`} />
    </noscript>
  );
}
