"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import type { ExternalToast } from "sonner";

type Kind = "success" | "error" | "info";
type Told = { kind: Kind; words: string; options?: ExternalToast | undefined };
type Hearer = (told: Told) => void;

const ToastList = dynamic(() => import("./toast-list").then((module) => module.ToastList), { ssr: false });

const waiting: Told[] = [];
let hearer: Hearer | null = null;
let fetchList: (() => void) | null = null;

function tell(told: Told) {
  if (hearer) return hearer(told);
  waiting.push(told);
  fetchList?.();
}

const teller = (kind: Kind) => (words: string, options?: ExternalToast) => tell({ kind, words, options });

export const toast = { success: teller("success"), error: teller("error"), info: teller("info") };

/** For the list that shows them: what was told before it was there comes first. Returns how to stop. */
export function hearToasts(next: Hearer): () => void {
  hearer = next;
  waiting.splice(0).forEach(next);
  return () => {
    hearer = null;
  };
}

/** Once, in the root layout. The list of toasts is fetched for the first of them. */
export function Toaster() {
  const [needed, setNeeded] = useState(false);
  useEffect(() => {
    fetchList = () => setNeeded(true);
    if (waiting.length > 0) fetchList();
    return () => {
      fetchList = null;
    };
  }, []);
  return needed && <ToastList />;
}
