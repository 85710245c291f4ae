"use client";
import { Fragment, type ReactNode } from "react";
import { AboveReason } from "@/components/ui/above-reason";
import { LinkButton } from "@/components/ui/button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { Breadcrumb, type Crumb } from "./breadcrumb";

export interface SecondaryAction {
  href: string;
  label: string;
  icon?: ReactNode;
  reason?: string | undefined;
}

interface PageHeaderProps {
  title: ReactNode;
  crumbs?: Crumb[];
  /** A face before the title. */
  lead?: ReactNode;
  /** A status pill after the title. */
  status?: ReactNode;
  /** One line under the title, its parts divided by dots; the first two stay on phones. */
  facts?: ReactNode[];
  /** Links, at most two; on phones they move into "More actions". */
  secondary?: SecondaryAction[];
  /** What stays at the right on every width: the one primary button. */
  actions?: ReactNode;
}

export function PageHeader({ title, crumbs, lead, status, facts, secondary = [], actions }: PageHeaderProps) {
  return (
    <div className="mb-4 max-s:mb-2.5">
      {crumbs && crumbs.length > 0 && <Breadcrumb crumbs={crumbs} />}
      <header className="flex min-h-8 items-start gap-x-4 gap-y-2 max-s:flex-wrap max-s:items-center">
        <div className="flex min-w-0 flex-1 items-center gap-3.5">
          {lead}
          <div className="min-w-0">
            <div className="flex flex-wrap items-baseline-last gap-x-2.5 gap-y-1">
              <h1 className="min-w-0 text-xl font-semibold wrap-anywhere">{title}</h1>
              {status}
            </div>
            {facts && facts.length > 0 && <Facts facts={facts} />}
          </div>
        </div>
        <div
          data-print="hide"
          className="ml-auto flex flex-none items-start gap-2 max-s:shrink max-s:flex-wrap max-s:justify-end"
        >
          {secondary.map(({ href, label, icon, reason }) => (
            <AboveReason key={href} className="max-s:hidden">
              <LinkButton href={href} showReason reason={reason}>
                {icon}
                {label}
              </LinkButton>
            </AboveReason>
          ))}
          {actions}
          {secondary.length > 0 && (
            <Menu>
              <MenuTrigger variant="quiet" size="icon" aria-label="More actions" className="s:hidden">
                <SpriteIcon name="ellipsis" />
              </MenuTrigger>
              <MenuContent>
                {secondary.map(({ href, label, icon, reason }) => (
                  <MenuItem key={href} href={href} icon={icon} reason={reason}>
                    {label}
                  </MenuItem>
                ))}
              </MenuContent>
            </Menu>
          )}
        </div>
      </header>
    </div>
  );
}

function Facts({ facts }: { facts: ReactNode[] }) {
  return (
    // The dot before the first fact of each line is outside, and cut off.
    <div className="-m-1 overflow-hidden p-1">
      <p className="-ml-5 flex flex-wrap gap-y-0.5 text-ui text-muted [&>span:nth-of-type(n+3)]:max-s:hidden">
        {facts.map((fact, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: facts are nodes without a name, drawn once
          <Fragment key={index}>
            <span className="relative min-w-0 pl-5 wrap-anywhere before:absolute before:left-0 before:w-5 before:text-center before:text-icon before:content-['·']">
              {fact}
            </span>
          </Fragment>
        ))}
      </p>
    </div>
  );
}
