"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { tellMissing } from "./missing";
import { awaitToasts } from "./toast";

export { toast } from "./toast";

const ToastList = dynamic(() => import("./toast-list").then((module) => module.ToastList, missing), { ssr: false });

/** What was to be said is not lost: it asks to reload the page, which shows what was done. */
function missing() {
  tellMissing();
  return () => null;
}

/** Once, in the root layout. The list of toasts is fetched for the first of them. */
export function Toaster() {
  const [needed, setNeeded] = useState(false);
  useEffect(() => awaitToasts(() => setNeeded(true)), []);
  return needed && <ToastList />;
}
