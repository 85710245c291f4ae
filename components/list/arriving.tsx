import type { ReactNode } from "react";
import { isClientNavigation } from "@/lib/http/client-navigation";
import { Arrived } from "./arrived";

type ArrivingProps = { fallback: ReactNode; children: ReactNode };

/**
 * Shows a skeleton for a part of a page where the frame is shown already; else the page waits for it. The skeleton travels
 * with those pages alone that may show it.
 */
export async function Arriving({ fallback, children }: ArrivingProps) {
  const soft = await isClientNavigation();
  return <Arrived fallback={soft ? fallback : null}>{children}</Arrived>;
}
