"use client";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Input, type InputProps } from "./input";

export function PasswordInput(props: Omit<InputProps, "type" | "end" | "icon">) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Input
      {...props}
      type={shown ? "text" : "password"}
      autoCapitalize="none"
      spellCheck={false}
      end={
        <button
          type="button"
          aria-label="Show password"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="grid size-8 place-items-center rounded-md text-icon outline-offset-[-2px] hover:text-ink"
        >
          <Icon aria-hidden />
        </button>
      }
    />
  );
}
