"use client";
import { useState } from "react";
import { Input, type InputProps } from "@/components/ui/input";

type WordsInputProps = Omit<InputProps, "value" | "onChange"> & {
  value: string[];
  onChange: (value: string[]) => void;
};

const wordsOf = (text: string) => text.split(/[\s,;]+/).filter(Boolean);

/** Several words in one field, with blanks or commas between them. */
export function WordsInput({ value, onChange, ...rest }: WordsInputProps) {
  const [text, setText] = useState(value.join(" "));
  // The form has put other words back, as when it was saved or a draft was restored.
  if (wordsOf(text).join(" ") !== value.join(" ")) setText(value.join(" "));
  return (
    <Input
      {...rest}
      value={text}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      onChange={(event) => {
        setText(event.target.value);
        onChange(wordsOf(event.target.value));
      }}
    />
  );
}
