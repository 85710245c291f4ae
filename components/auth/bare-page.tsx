"use client";
import type { ReactNode } from "react";
import { Brand } from "@/components/ui/logo";

/** A page without navigation: for what can be said to anybody. */
export function BarePage({ banner, children }: { banner?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      {banner}
      <main className="flex flex-1 flex-col bg-canvas px-8 py-7 max-s:px-5 max-s:pt-5">
        <Brand />
        <div className="m-auto w-full max-w-[560px]">{children}</div>
      </main>
    </div>
  );
}
