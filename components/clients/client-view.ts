import type { ColumnView } from "@/components/list/column-view";
import type { clientList } from "@/lib/clients/filters";

/** What a page of clients knows besides the clients. */
export interface ClientView extends ColumnView<typeof clientList> {
  /** The heading, which is that of the tab: "Client Provision" of a user, "Token Management" of one's own. */
  title: string;
  /** They are the reader's. */
  own: boolean;
  /** The page itself, without a query. */
  path: string;
  /** The configured public address, which a client is given. */
  server: string;
  /** SHA-256 of the reference client that this server hands out, in hexadecimal digits. */
  clientHash: string;
  zone: string;
  now: Date;
}
