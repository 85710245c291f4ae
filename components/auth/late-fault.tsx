"use client";
import dynamic from "next/dynamic";
import type { FaultProps } from "./fault";

/** For when what is fetched cannot be had either. */
const wordsAlone = () => WordsAlone;
/** Fetched when something has failed, as every page names it. Nothing around it can wait: so it waits itself. */
export const LateFault = dynamic<FaultProps>(() => import("./fault").then((module) => module.Fault, wordsAlone), {
  loading: () => null,
});

/** The same as a whole page. */
export const LateBareFault = dynamic<FaultProps>(
  () => import("./bare-fault").then((module) => module.BareFault, wordsAlone),
  { loading: () => null },
);

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
