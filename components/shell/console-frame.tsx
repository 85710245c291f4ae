"use client";
import type { ReactNode } from "react";
import { SignInAgain } from "@/components/auth/sign-in-again";
import { StepUp } from "@/components/auth/step-up";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { type Reading, ReadingProvider } from "@/components/ui/reading";
import { AppShell, type AppShellProps } from "./app-shell";
import { TimeZone } from "./time-zone";

type ConsoleFrameProps = AppShellProps & { zone: string; form: Reading["form"]; children: ReactNode };

/** All of the frame that the browser has a part in, as one: a page names it once. */
export function ConsoleFrame({ zone, form, children, ...shell }: ConsoleFrameProps) {
  return (
    <ReadingProvider zone={zone} form={form}>
      <UnsavedChanges person={shell.me.id}>
        <AppShell {...shell}>
          <TimeZone known={zone} shows />
          {children}
          <StepUp />
          <SignInAgain person={shell.me} />
        </AppShell>
      </UnsavedChanges>
    </ReadingProvider>
  );
}
