"use client";
import { BarePage } from "./bare-page";
import { Fault, type FaultProps } from "./fault";

/** What failed, where no frame is around it. */
export function BareFault(props: FaultProps) {
  return (
    <BarePage>
      <Fault {...props} />
    </BarePage>
  );
}
