import type { ReactNode } from "react";
import { TimeZone } from "@/components/shell/time-zone";
import { currentZone } from "@/lib/auth/zone";

export default async function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <TimeZone known={await currentZone()} shows={false} />
      {children}
    </>
  );
}
