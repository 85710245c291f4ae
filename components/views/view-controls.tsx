import type { AnyList } from "@/lib/lists/declare-list";
import type { OpenViews } from "@/lib/views/open";
import { LateViewTools } from "./late-view-tools";

/** What can be done about the saved views of a list in its current state: nothing where that is the usual one. */
export function ViewControls({ list, views: { current, state, may } }: { list: AnyList; views: OpenViews }) {
  if (!current && (state === "" || !may.save)) return null;
  return <LateViewTools list={list.name} path={list.path} views={{ current, state, may }} />;
}
