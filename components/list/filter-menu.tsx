"use client";
import { ListFilter, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { DropdownMenu as Radix } from "radix-ui";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Menu, MenuContent, MenuTrigger, menuItemLook, popLook } from "@/components/ui/menu";

export interface FilterField {
  id: string;
  label: string;
  choices: { id: string; label: string; href: string }[];
}

/** "Add filter": first the field, then its value. Leaves out fields that already have a token. */
export function FilterMenu({ fields }: { fields: FilterField[] }) {
  const router = useRouter();
  if (fields.length === 0) return null;
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="quiet" className="max-s:border-line-strong max-s:bg-raised max-s:text-ink max-s:shadow-lift-1">
          <Plus aria-hidden className="max-s:hidden" />
          <ListFilter aria-hidden className="s:hidden" />
          <span className="max-s:hidden">Add filter</span>
          <span className="s:hidden">Filter</span>
        </Button>
      </MenuTrigger>
      <MenuContent align="start">
        {fields.map((field) => (
          <Radix.Sub key={field.id}>
            <Radix.SubTrigger className={menuItemLook}>{field.label}</Radix.SubTrigger>
            <Radix.Portal>
              <Radix.SubContent
                sideOffset={4}
                collisionPadding={8}
                className={cn(popLook, "max-h-80 min-w-44 max-w-80 overflow-auto p-1")}
              >
                {field.choices.map((choice) => (
                  <Radix.Item
                    key={choice.id}
                    onSelect={() => router.replace(choice.href, { scroll: false })}
                    className={menuItemLook}
                  >
                    <span className="truncate">{choice.label}</span>
                  </Radix.Item>
                ))}
              </Radix.SubContent>
            </Radix.Portal>
          </Radix.Sub>
        ))}
      </MenuContent>
    </Menu>
  );
}
