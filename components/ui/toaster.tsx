"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { awaitToasts } from "./toast";

export { toast } from "./toast";

const ToastList = dynamic(() => import("./toast-list").then((module) => module.ToastList), { ssr: false });

/** Once, in the root layout. The list of toasts is fetched for the first of them. */
export function Toaster() {
  const [needed, setNeeded] = useState(false);
  useEffect(() => awaitToasts(() => setNeeded(true)), []);
  return needed && <ToastList />;
}
