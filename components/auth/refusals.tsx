"use client";
import dynamic from "next/dynamic";

/** What every page names and hardly any shows: fetched when it is shown. */
export const BarePage = dynamic(() => import("./bare-page").then((module) => module.BarePage));
export const NoAccess = dynamic(() => import("./no-access").then((module) => module.NoAccess));
export const NotInView = dynamic(() => import("./not-in-view").then((module) => module.NotInView));
export const NothingHere = dynamic(() => import("./nothing-here").then((module) => module.NothingHere));
