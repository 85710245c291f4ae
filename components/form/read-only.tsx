"use client";
import { createContext, type ReactNode, useContext, useEffect } from "react";

const ReadOnlyContext = createContext<string | undefined>(undefined);

let noted: string | undefined;

/** Why nothing can be changed from this page, for buttons that do; undefined where something can. */
export const useReadOnly = () => useContext(ReadOnlyContext);

/** The same outside of React. */
export const readOnlyReason = () => noted;

/** Surrounds a page from which nothing can be changed, for this reason. The server refuses it all the same. */
export function ReadOnly({ reason, children }: { reason: string | undefined; children: ReactNode }) {
  useEffect(() => {
    noted = reason;
    return () => {
      noted = undefined;
    };
  }, [reason]);
  return <ReadOnlyContext value={reason}>{children}</ReadOnlyContext>;
}
