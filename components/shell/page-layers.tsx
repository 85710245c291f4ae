"use client";
// Named by every page several times: here they are loaded once.
import "@/components/auth/late-fault";
import "@/components/auth/refusals";
import { FollowLinks } from "@/components/ui/follow-links";
import { MissingNote } from "@/components/ui/missing-note";
import { TipLayer } from "@/components/ui/tip-layer";
import { Toaster } from "@/components/ui/toaster";
import { WaitingBar } from "@/components/ui/waiting-bar";

/** What is once on every page, over it or behind it. */
export function PageLayers() {
  return (
    <>
      <FollowLinks />
      <TipLayer />
      <Toaster />
      <WaitingBar />
      <MissingNote />
    </>
  );
}
