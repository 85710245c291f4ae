import type { ReactNode } from "react";

/** The list, and over it the dialog of an intercepted route. */
export default function ServiceAccountsLayout({ children, dialog }: { children: ReactNode; dialog: ReactNode }) {
  return (
    <>
      {children}
      {dialog}
    </>
  );
}
