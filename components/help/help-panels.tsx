import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { Panel, PanelBody, PanelHead, Row, Rows } from "@/components/ui/panel";
import { guides, helpPath } from "@/lib/help/guides";
import type { Task } from "@/lib/help/tasks";

/** What this server hands to programs and to those who write them. */
const served = [
  { title: "API reference", about: "Every endpoint, with a form to try it.", href: "/account/api", file: false },
  {
    title: "OpenAPI 3.1",
    about: "The same as JSON, for generators of clients.",
    href: "/api/v1/openapi.json",
    file: true,
  },
  { title: "gatehouse.mjs", about: "The command line. It needs Node only.", href: "/gatehouse.mjs", file: true },
  {
    title: "gatehouse-client.mjs",
    about: "The reference client, for machines on which the product is installed.",
    href: "/gatehouse-client.mjs",
    file: true,
  },
];

/** What is done most with its screens, the guides, what programs use, and the keys. */
export function HelpPanels({ tasks, shortcuts }: { tasks: Task[]; shortcuts: ReactNode }) {
  return (
    <div className="grid items-start gap-4 wide:grid-cols-2">
      <Panel aria-labelledby="tasks">
        <PanelHead title="Tasks" titleId="tasks" />
        <Rows aria-label="Tasks">
          {tasks.map(({ title, text, link }) => (
            <Row
              key={title}
              title={title}
              hint={text}
              end={
                <LinkButton size="s" href={link.href} aria-description={title}>
                  {link.label}
                </LinkButton>
              }
            />
          ))}
        </Rows>
      </Panel>
      <div className="grid gap-4">
        <Panel aria-labelledby="guides">
          <PanelHead title="Guides" titleId="guides" />
          <Rows aria-label="Guides">
            {guides.map(({ slug, title, about }) => (
              <Row
                key={slug}
                title={
                  <a href={`${helpPath}/${slug}`} className="link">
                    {title}
                  </a>
                }
                hint={about}
              />
            ))}
          </Rows>
        </Panel>
        <Panel aria-labelledby="programs">
          <PanelHead title="For programs" titleId="programs" />
          <Rows aria-label="For programs">
            {served.map(({ title, about, href, file }) => (
              <Row
                key={href}
                title={
                  <a href={href} rel={file ? "external" : undefined} className="link">
                    {title}
                  </a>
                }
                hint={about}
              />
            ))}
          </Rows>
        </Panel>
        <Panel aria-labelledby="shortcuts">
          <PanelHead title="Keyboard shortcuts" titleId="shortcuts" />
          <PanelBody>{shortcuts}</PanelBody>
        </Panel>
      </div>
    </div>
  );
}
