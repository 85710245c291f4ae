import type { AnyList } from "@/lib/lists/declare-list";
import type { OpenViews } from "@/lib/views/open";
import { LateViewTools } from "./late-view-tools";

/** What can be done about the saved views of a list as it stands: nothing where it stands as usual. */
export function ViewControls({ list, views: { current, state, may } }: { list: AnyList; views: OpenViews }) {
  if (!current && (state === "" || !may.save)) return null;
  return <LateViewTools list={list.name} path={list.path} views={{ current, state, may }} />;
}
