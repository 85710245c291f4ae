"use client";
import { useListAddress, useListBefore } from "@/components/list/list-addresses";
import { SpriteIcon } from "@/components/ui/sprite-icon";

type Place = { href: string; label: string };

/** `or`: other lists that lead here; where one of them did, it replaces this one. */
export type Crumb = Place & { or?: Place[] };

/** The way back. A list is led back to as it was left: its filters, sort and page. */
export function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-3">
      <ol className="flex flex-wrap items-center gap-1.5 text-ui text-muted">
        {crumbs.map((crumb, place) => (
          <li key={crumb.href} className="flex min-w-0 items-center gap-1.5">
            {place > 0 && <SpriteIcon name="chevron-right" className="size-3.5 flex-none text-icon" />}
            <CrumbLink crumb={crumb} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function CrumbLink({ crumb }: { crumb: Crumb }) {
  const before = useListBefore();
  const { href, label } = crumb.or?.find((other) => other.href === before) ?? crumb;
  return (
    <a href={useListAddress(href)} className="truncate rounded-sm hover:text-ink">
      {label}
    </a>
  );
}
