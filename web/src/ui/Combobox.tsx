import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { FloatingList } from "./FloatingList.tsx";

export type Option = { value: string; label: string; detail?: string; depth?: number };

type ComboboxProps = {
  id?: string;
  label?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  /** What is written in the box. */
  text: string;
  onText: (text: string) => void;
  options: readonly Option[];
  onPick: (option: Option) => void;
  /** Called when the box is left or Escape is pressed without a choice. */
  onLeave?: () => void;
  placeholder?: string;
  emptyText?: ReactNode;
  isFocusedAtFirst?: boolean;
};

/** A text box with a list of suggestions beneath: ARIA 1.2's combobox with a listbox. */
export function Combobox(props: ComboboxProps) {
  const { text, onText, options, onPick, onLeave, isFocusedAtFirst } = props;
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const shown = Math.min(active, options.length - 1);
  useEffect(() => {
    if (isFocusedAtFirst) input.current?.focus();
  }, [isFocusedAtFirst]);

  const pick = (option: Option) => {
    setOpen(false);
    onPick(option);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const option = options[shown];
    if (step !== undefined) {
      event.preventDefault();
      if (isOpen) setActive((shown + step + options.length) % Math.max(1, options.length));
      else setOpen(true);
    } else if (event.key === "Enter" && isOpen && option) {
      event.preventDefault();
      pick(option);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      onLeave?.();
    }
  };

  return (
    <div className="combobox">
      <input
        ref={input}
        id={props.id}
        className="input"
        role="combobox"
        aria-label={props.label}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && shown >= 0 ? `${listId}-${shown}` : undefined}
        aria-describedby={props["aria-describedby"]}
        aria-invalid={props["aria-invalid"]}
        autoComplete="off"
        placeholder={props.placeholder}
        value={text}
        onChange={(event) => {
          setOpen(true);
          setActive(0);
          onText(event.target.value);
        }}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setOpen(false);
          onLeave?.();
        }}
      />
      {isOpen && (
        <FloatingList
          id={listId}
          anchor={input}
          options={options}
          active={shown}
          onPick={pick}
          emptyText={props.emptyText}
        />
      )}
    </div>
  );
}
