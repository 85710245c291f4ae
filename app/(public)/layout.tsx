import type { ReactNode } from "react";
import { LaterTimeZone } from "@/components/shell/time-zone";

export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <LaterTimeZone />
      {children}
    </>
  );
}
