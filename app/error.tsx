"use client";
import type { FaultProps } from "@/components/auth/fault";
import { LateBareFault } from "@/components/auth/late-fault";

export default function ErrorPage(props: FaultProps) {
  return <LateBareFault {...props} />;
}
