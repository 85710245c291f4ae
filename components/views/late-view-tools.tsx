"use client";
import dynamic from "next/dynamic";
import { orMissing } from "@/components/ui/late";

/** Drawn by the server as all of the page, and its script is fetched by those pages alone that show it: most lists are in their usual state. */
export const LateViewTools = dynamic(() => orMissing(import("./view-tools").then((module) => module.ViewTools)));
