"use client";
import { Circle } from "lucide-react";
import { ActionButton } from "@/components/form/action-button";
import { Lines } from "@/components/list/lines";
import { LinkButton } from "@/components/ui/button";
import { Panel, PanelHead, Row } from "@/components/ui/panel";
import type { GetStarted } from "@/lib/home/get-started";
import { dismissFirstStepsAction } from "@/lib/settings/actions";

/** The first steps that are left, each with the button that begins it. */
export function GetStartedList({ steps, mayDismiss }: GetStarted) {
  return (
    <Panel aria-labelledby="get-started" className="mb-4">
      <PanelHead
        title="Get started"
        titleId="get-started"
        actions={
          mayDismiss && (
            <ActionButton
              size="s"
              variant="quiet"
              action={dismissFirstStepsAction}
              input={{}}
              aria-description="Get started"
            >
              Dismiss
            </ActionButton>
          )
        }
      />
      <Lines label="First steps">
        {steps.map(({ key, title, hint, action }) => (
          <Row
            key={key}
            lead={<Circle aria-hidden className="flex-none" />}
            title={title}
            hint={hint}
            end={
              <LinkButton size="s" href={action.href} aria-description={title}>
                {action.label}
              </LinkButton>
            }
          />
        ))}
      </Lines>
    </Panel>
  );
}
