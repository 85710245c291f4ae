"use client";
import dynamic from "next/dynamic";
import { useUsed } from "@/components/ui/use-used";
import type { NoPasswordProps } from "./no-password";

/** Hardly anybody has none: its script comes with those pages alone that show it. */
const NoPassword = dynamic(() => import("./no-password").then((module) => module.NoPassword));

/** Stays once it stood: a link that was made in it is still handed over when there is a way to sign in. */
export function LateNoPassword({ user }: NoPasswordProps) {
  const { status, wayIn } = user;
  const gone = status === "archived" || status === "disabled";
  return useUsed(wayIn !== "credential" && !gone) && <NoPassword user={user} />;
}
