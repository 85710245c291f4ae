"use client";
import { BarePage } from "@/components/auth/bare-page";
import { Fault, type FaultProps } from "@/components/auth/fault";

export default function ErrorPage(props: FaultProps) {
  return (
    <BarePage>
      <Fault {...props} />
    </BarePage>
  );
}
