"use client";
import dynamic from "next/dynamic";
import type { FaultProps } from "./fault";

/** Fetched when something has failed, as every page names it. */
export const LateFault = dynamic<FaultProps>(() => import("./fault").then((module) => module.Fault, wordsAlone));

/** The same as a whole page. */
export const LateBareFault = dynamic<FaultProps>(() =>
  import("./bare-fault").then((module) => module.BareFault, wordsAlone),
);

/** For when that cannot be had either. */
const wordsAlone = () => WordsAlone;
function WordsAlone({ retry }: FaultProps) {
  return (
    <p role="alert">
      This page could not be shown. Nothing has been changed.{" "}
      <button type="button" className="link" onClick={retry}>
        Try again
      </button>
    </p>
  );
}
