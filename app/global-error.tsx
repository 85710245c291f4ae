"use client";
import type { FaultProps } from "@/components/auth/fault";
import { LateBareFault } from "@/components/auth/late-fault";
import "./globals.css";

/** Replaces the root layout when that fails itself. */
export default function GlobalError(props: FaultProps) {
  return (
    <html lang="en">
      <body>
        <title>Gatehouse</title>
        <LateBareFault {...props} />
      </body>
    </html>
  );
}
