"use client";
import type { FaultProps } from "@/components/auth/fault";
import { LateFault } from "@/components/auth/late-fault";

export default function ErrorPage(props: FaultProps) {
  return <LateFault {...props} />;
}
