"use client";
import type { ReactNode } from "react";
import { SignInAgain } from "@/components/auth/sign-in-again";
import { StepUp } from "@/components/auth/step-up";
import { ReadOnly } from "@/components/form/read-only";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { type Reading, ReadingProvider } from "@/components/ui/reading";
import type { Clock } from "@/lib/time/zone-offset";
import { AppShell, type AppShellProps } from "./app-shell";
import { ListAddresses } from "./list-addresses";
import { TimeZone } from "./time-zone";

type ConsoleFrameProps = AppShellProps & {
  clock: Clock;
  form: Reading["form"];
  /** Why nothing can be changed from here, where nothing can. */
  readOnly: string | undefined;
  children: ReactNode;
};

/** All of the frame that the browser has a part in, as one: a page names it once. */
export function ConsoleFrame({ clock, form, readOnly, children, ...shell }: ConsoleFrameProps) {
  return (
    <ReadingProvider clock={clock} form={form}>
      <ReadOnly reason={readOnly}>
        <UnsavedChanges person={shell.me.id}>
          <AppShell {...shell}>
            <TimeZone clock={clock} />
            <ListAddresses groups={shell.nav.groups} />
            {children}
            <StepUp />
            <SignInAgain person={shell.me} />
          </AppShell>
        </UnsavedChanges>
      </ReadOnly>
    </ReadingProvider>
  );
}
