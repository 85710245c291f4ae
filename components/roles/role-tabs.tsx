import { TabsNav } from "@/components/ui/tabs-nav";

/** Roles, and the operations of the product that roles carry. */
export function RoleTabs({ current }: { current: "roles" | "operations" }) {
  return (
    <TabsNav
      label="Views"
      tabs={[
        { href: "/admin/roles", label: "Roles", current: current === "roles" },
        { href: "/admin/roles/operations", label: "App operations", current: current === "operations" },
      ]}
    />
  );
}
