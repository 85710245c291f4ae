import { Fragment, type ReactNode } from "react";

interface PageHeaderProps {
  title: ReactNode;
  /** The way back, above all else. */
  crumbs?: ReactNode;
  /** A face before the title. */
  lead?: ReactNode;
  /** A status pill after the title. */
  status?: ReactNode;
  /** One line under the title, its parts divided by dots; the first two stay on phones. */
  facts?: ReactNode[];
  /** At the right on every width: the one primary button, or `PageActions`. */
  actions?: ReactNode;
}

/** The head of a page, which the server draws, so that a list has no script for it. Looks: `page-header.css`. */
export function PageHeader({ title, crumbs, lead, status, facts, actions }: PageHeaderProps) {
  return (
    <div className="page-header">
      {crumbs}
      <header>
        <div className="titled">
          {lead}
          <div>
            <div className="title">
              <h1>{title}</h1>
              {status}
            </div>
            {facts && facts.length > 0 && <Facts facts={facts} />}
          </div>
        </div>
        <div data-print="hide" className="actions">
          {actions}
        </div>
      </header>
    </div>
  );
}

function Facts({ facts }: { facts: ReactNode[] }) {
  return (
    // The dot before the first fact of each line is outside, and cut off.
    <div className="facts">
      <p>
        {facts.map((fact, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: facts are nodes without a name, drawn once
          <Fragment key={index}>
            <span>{fact}</span>
          </Fragment>
        ))}
      </p>
    </div>
  );
}
