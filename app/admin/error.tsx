"use client";
import { Fault, type FaultProps } from "@/components/auth/fault";

export default function ErrorPage(props: FaultProps) {
  return <Fault {...props} />;
}
