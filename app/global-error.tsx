"use client";
import { BarePage } from "@/components/auth/bare-page";
import { Fault, type FaultProps } from "@/components/auth/fault";
import "./globals.css";

/** Stands in for the root layout when that fails itself. */
export default function GlobalError(props: FaultProps) {
  return (
    <html lang="en">
      <body>
        <title>Gatehouse</title>
        <BarePage>
          <Fault {...props} />
        </BarePage>
      </body>
    </html>
  );
}
