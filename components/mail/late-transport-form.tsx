"use client";
import dynamic from "next/dynamic";
import { orMissing } from "@/components/ui/late";

/** Drawn by the server with the page. Its script is fetched by those pages alone that show it: most people only read the log. */
export const LateTransportForm = dynamic(() =>
  orMissing(import("./transport-form").then((module) => module.TransportForm)),
);
