import type { ColumnView } from "@/components/list/column-view";
import type { tokenList } from "@/lib/tokens/filters";

/** What a page of access tokens knows besides the tokens. */
export interface TokenView extends ColumnView<typeof tokenList> {
  /** The page itself, without a query. */
  path: string;
  zone: string;
  now: Date;
}
