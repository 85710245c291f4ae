"use client";
import { useMemo } from "react";
import { useListAddresses } from "@/components/list/list-addresses";
import type { NavGroup } from "./navigation";

/** Keeps how each screen of the navigation was left. */
export function ListAddresses({ groups }: { groups: NavGroup[] }) {
  useListAddresses(useMemo(() => groups.flatMap(({ items }) => items.map(({ href }) => href)), [groups]));
  return null;
}
